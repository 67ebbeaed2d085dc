package dev.sealpost.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.zip.DataFormatException;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import dev.sealpost.report.BareReader;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;

/** What a careless program would do: the part with the right label, decoded, streamed into objects, nothing checked. */
final class BareMails {
    private static final String TYPE = "application/tlsrpt+gzip";

    private final BareReader reader = new BareReader();
    private final Session session = Session.getInstance(new Properties());

    long tokens(byte[] mail) throws IOException, DataFormatException, MimeException {
        MimeTokenStream tokens = new MimeTokenStream();
        tokens.parse(new ByteArrayInputStream(mail));
        long sum = 0;
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            if (state == EntityState.T_BODY
                    && TYPE.equals(tokens.getBodyDescriptor().getMimeType())) {
                try (InputStream in = tokens.getDecodedInputStream()) {
                    sum += BareReader.sum(reader.read(in.readAllBytes()));
                }
            }
        }
        return sum;
    }

    long message(byte[] mail) throws IOException, DataFormatException, MessagingException {
        MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mail));
        long sum = 0;
        Multipart parts = (Multipart) message.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            if (part.isMimeType(TYPE)) {
                try (InputStream in = part.getInputStream()) {
                    sum += BareReader.sum(reader.read(in.readAllBytes()));
                }
            }
        }
        return sum;
    }
}

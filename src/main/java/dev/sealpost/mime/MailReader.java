package dev.sealpost.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.report.ReportReader;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/**
 * Reads the reports in a mail (RFC 8460, section 5.3). Every part is looked at, embedded messages included, and its
 * decoded content decides, never its label: senders and relays change media types and file names. Thread safe; throws
 * nothing for any input.
 */
@Singleton
public final class MailReader {
    private final ReportReader reader;
    private final MailLimits limits;
    private final MimeConfig config;

    /** A reader with the usual limits for the mail; those for the reports in it are the given reader's. */
    @Inject
    public MailReader(ReportReader reader) {
        this(reader, MailLimits.DEFAULT);
    }

    /** A reader with these limits for the mail. */
    public MailReader(ReportReader reader, MailLimits limits) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.limits = limits;
        this.config = MimeConfig.custom()
                .setMaxHeaderCount(limits.maxHeaders())
                .setMaxHeaderLen(limits.maxHeaderBytes())
                .setMaxLineLen(limits.maxHeaderBytes())
                .build();
    }

    /** Reads one whole mail as it came from the server; the array is not kept or changed. */
    public MailReading read(byte[] mail) {
        MimeTokenStream tokens = new MimeTokenStream(config, DecodeMonitor.SILENT, null);
        MailWalk walk = new MailWalk(tokens, new PartCollector(reader), limits);
        try {
            tokens.parse(new ByteArrayInputStream(mail));
            return walk.reading(walk.run());
        } catch (MimeException | IOException e) {
            // Its message may repeat the mail.
            return walk.reading("broken or oversize MIME structure");
        }
    }
}

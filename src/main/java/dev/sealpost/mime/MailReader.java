package dev.sealpost.mime;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.report.ReportReader;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.jspecify.annotations.Nullable;

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
        return read(mail, new PartCollector(reader, Integer.MAX_VALUE));
    }

    /**
     * Reads a mail if what it holds is small, which bounds what it costs to find out.
     *
     * @param most unpacked bytes of all parts together
     * @return what {@link #read(byte[])} returns; null if that would have to unpack more
     */
    public @Nullable MailReading readSmall(byte[] mail, int most) {
        PartCollector parts = new PartCollector(reader, most);
        MailReading reading = read(mail, parts);
        return parts.isExceeded() ? null : reading;
    }

    private MailReading read(byte[] mail, PartCollector parts) {
        byte[] lines = LineEnds.known(mail);
        TopHeader top = new TopHeader();
        MailWalk walk = walk(new ByteArrayInputStream(lines), parts, top);
        if (parts.found() || parts.isExceeded()) {
            return top.reading(parts, walk.trouble());
        }
        byte[] divided = HeaderEnd.found(lines);
        if (divided != null) {
            PartCollector again = parts.again();
            TopHeader other = new TopHeader();
            MailWalk second = walk(new ByteArrayInputStream(divided), again, other);
            parts.join(again);
            if (again.found()) {
                return other.reading(again, second.trouble());
            }
        }
        LostMultipart lost = walk.lost();
        if (lost != null) {
            PartCollector again = parts.again();
            MailWalk second = walk(lost.mail(), again, top);
            parts.join(again);
            if (again.found()) {
                return top.reading(again, second.trouble());
            }
        }
        return top.reading(parts, walk.trouble());
    }

    private MailWalk walk(InputStream mail, PartCollector parts, TopHeader top) {
        MimeTokenStream tokens =
                new MimeTokenStream(config, DecodeMonitor.SILENT, new BoundedFields(limits.maxHeaderBytes()), null);
        MailWalk walk = new MailWalk(tokens, parts, top, limits);
        walk.run(mail);
        return walk;
    }
}

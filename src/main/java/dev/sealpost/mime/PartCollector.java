package dev.sealpost.mime;

import java.util.ArrayList;
import java.util.List;

import dev.sealpost.report.Readable;
import dev.sealpost.report.Reading;
import dev.sealpost.report.Reason;
import dev.sealpost.report.Rejection;
import dev.sealpost.report.ReportReader;
import org.jspecify.annotations.Nullable;

/** The one rule which parts of a mail are reports: content decides, plain text only if nothing else is one. */
final class PartCollector {
    /** Unreadable containers each cost up to a full unpacking, so a mail gets only so many tries. */
    private static final int MAX_UNREADABLE = 10;

    private static final long MAX_JSON_BYTES = 64L << 20;

    /** What the reader would say of text for people, which nearly every mail has. */
    private static final Rejection WORDS = new Rejection(Reason.NOT_A_REPORT, "text");

    private final ReportReader reader;
    private final List<MailPart> attached = new ArrayList<>();
    private final List<MailPart> plain = new ArrayList<>();
    private final boolean first;
    private final int most;
    private int unreadable;
    private long jsonBytes;
    private boolean exceeded;

    /** @param most unpacked bytes to read, {@link Integer#MAX_VALUE} for as many as a mail may have */
    PartCollector(ReportReader reader, int most) {
        this(reader, most, true);
    }

    private PartCollector(ReportReader reader, int most, boolean first) {
        this.reader = reader;
        this.most = most;
        this.first = first;
    }

    /** An empty one for another look at the same mail, which costs what it may cost only once. */
    PartCollector again() {
        PartCollector again = new PartCollector(reader, most, false);
        again.unreadable = unreadable;
        again.jsonBytes = jsonBytes;
        return again;
    }

    /** Looks at one part's decoded content; returns in words why no further part should be looked at, or null. */
    @Nullable
    String add(PartContent content, PartHeader header) {
        Reading reading = header.isText() && Sniff.isOther(content.buffer(), content.length())
                ? WORDS
                : read(content.buffer(), content.length());
        if (reading == null) {
            return "large";
        }
        if (!(reading instanceof Rejection rejection)) {
            return keep(reading, content.copy(), header);
        }
        boolean other = rejection.reason() == Reason.NOT_A_REPORT || rejection.reason() == Reason.EMPTY;
        boolean dear = isContainer(content.buffer(), content.length());
        if (other && !dear) {
            byte[] lifted = Disguise.lift(content.buffer(), content.length());
            Reading behind = lifted == null ? reading : read(lifted, lifted.length);
            if (lifted != null && behind instanceof Readable) {
                return keep(behind, lifted, header);
            }
            if (behind == null) {
                return "large";
            }
            dear = lifted != null && isContainer(lifted, lifted.length);
        }
        // Other attachments, DMARC reports among them (RFC 8460, section 5.3), are none of our business.
        if (!other || header.mediaType().startsWith("application/tlsrpt")) {
            return keep(reading, content.copy(), header);
        }
        return dear ? tooMany() : null;
    }

    /** What it is; null if it is large and only small ones are read. */
    private @Nullable Reading read(byte[] content, int length) {
        if (most == Integer.MAX_VALUE) {
            return reader.read(content, 0, length);
        }
        Reading reading = reader.readSmall(content, 0, length, (int) Math.max(most - jsonBytes, 0));
        exceeded |= reading == null;
        return reading;
    }

    /** Whether there is more than was to be read. */
    boolean isExceeded() {
        return exceeded;
    }

    /** What another look at the same mail came upon. */
    void join(PartCollector again) {
        exceeded |= again.exceeded;
    }

    List<MailPart> parts() {
        if (plain.isEmpty() || attached.stream().anyMatch(part -> part.reading() instanceof Readable)) {
            return attached;
        }
        List<MailPart> all = new ArrayList<>(attached);
        all.addAll(plain);
        return all;
    }

    /** Whether any part is a report. */
    boolean found() {
        return parts().stream().anyMatch(part -> part.reading() instanceof Readable);
    }

    private @Nullable String keep(Reading reading, byte[] content, PartHeader header) {
        boolean meant = first && !header.embedded() && !header.isText();
        (header.isPlainText() ? plain : attached)
                .add(new MailPart(reading, content, header.mediaType(), header.fileName(), meant));
        return switch (reading) {
            case Rejection ignored -> tooMany();
            case Readable readable -> {
                jsonBytes += readable.json().length;
                yield jsonBytes > MAX_JSON_BYTES ? "more than " + MAX_JSON_BYTES + " bytes of reports" : null;
            }
        };
    }

    private @Nullable String tooMany() {
        return ++unreadable > MAX_UNREADABLE ? "more than " + MAX_UNREADABLE + " unreadable parts" : null;
    }

    private static boolean isContainer(byte[] content, int length) {
        return length > 1 && (content[0] == 0x1f || content[0] == 'P');
    }
}

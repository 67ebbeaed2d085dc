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

    private final ReportReader reader;
    private final List<MailPart> attached = new ArrayList<>();
    private final List<MailPart> plain = new ArrayList<>();
    private int unreadable;
    private long jsonBytes;

    PartCollector(ReportReader reader) {
        this.reader = reader;
    }

    /** Looks at one part's decoded content; returns in words why no further part should be looked at, or null. */
    @Nullable
    String add(byte[] content, String mediaType, @Nullable String fileName) {
        Reading reading = reader.read(content);
        if (reading instanceof Rejection rejection && !wasMeant(rejection, mediaType)) {
            return isContainer(content) ? tooMany() : null;
        }
        boolean text = mediaType.equals("text/plain");
        (text ? plain : attached).add(new MailPart(reading, content, mediaType, fileName));
        return switch (reading) {
            case Rejection ignored -> tooMany();
            case Readable readable -> {
                jsonBytes += readable.json().length;
                yield jsonBytes > MAX_JSON_BYTES ? "more than " + MAX_JSON_BYTES + " bytes of reports" : null;
            }
        };
    }

    List<MailPart> parts() {
        boolean found = attached.stream().anyMatch(part -> part.reading() instanceof Readable);
        if (found || plain.isEmpty()) {
            return attached;
        }
        List<MailPart> all = new ArrayList<>(attached);
        all.addAll(plain);
        return all;
    }

    private @Nullable String tooMany() {
        return ++unreadable > MAX_UNREADABLE ? "more than " + MAX_UNREADABLE + " unreadable parts" : null;
    }

    /** Other attachments, DMARC reports among them (RFC 8460, section 5.3), are none of our business. */
    private static boolean wasMeant(Rejection rejection, String mediaType) {
        return mediaType.startsWith("application/tlsrpt")
                || (rejection.reason() != Reason.NOT_A_REPORT && rejection.reason() != Reason.EMPTY);
    }

    private static boolean isContainer(byte[] content) {
        return content.length > 1 && (content[0] == 0x1f || content[0] == 'P');
    }
}

package dev.sealpost.mime;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.Field;
import org.jspecify.annotations.Nullable;

/** What headers say of the whole mail. */
final class TopHeader {
    private static final int MAX_HEADER_CHARS = 255;
    private static final int MAX_SUBJECT_CHARS = 1_000;

    private final KindSigns signs = new KindSigns();
    private @Nullable String reportDomain;
    private @Nullable String reportSubmitter;
    private @Nullable Field subject;

    /** A field of the outermost header or of one in it; the name in lower case. */
    void field(String name, Field field, boolean outermost) {
        switch (name) {
            // The outermost message's header wins; a forwarded mail's own is better than none.
            case "tls-report-domain" -> reportDomain = first(reportDomain, field);
            case "tls-report-submitter" -> reportSubmitter = first(reportSubmitter, field);
            default -> {
                if (subject == null && name.equals("subject")) {
                    subject = field;
                }
                if (outermost) {
                    signs.field(name, field);
                }
            }
        }
    }

    KindSigns signs() {
        return signs;
    }

    MailReading reading(PartCollector parts, @Nullable String trouble) {
        PartCollector own = signs.isBounce() ? parts.again() : parts;
        return new MailReading(
                own.parts(),
                reportDomain,
                reportSubmitter,
                reportDomain == null || reportSubmitter == null ? subject() : null,
                trouble,
                signs.kind(!own.parts().isEmpty()));
    }

    private @Nullable String subject() {
        if (subject == null) {
            return null;
        }
        String text = HeaderText.clean(subject.getBody(), MAX_SUBJECT_CHARS);
        return text.contains("=?")
                ? HeaderText.clean(DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT), MAX_SUBJECT_CHARS)
                : text;
    }

    private static @Nullable String first(@Nullable String known, Field field) {
        if (known != null) {
            return known;
        }
        String value = HeaderText.clean(field.getBody(), MAX_HEADER_CHARS);
        return value.isEmpty() ? null : value;
    }
}

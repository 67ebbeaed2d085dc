package dev.sealpost.mime;

import org.apache.james.mime4j.stream.Field;
import org.jspecify.annotations.Nullable;

/** What headers say of the whole mail. */
final class TopHeader {
    private static final int MAX_HEADER_CHARS = 255;

    private final KindSigns signs = new KindSigns();
    private @Nullable String reportDomain;
    private @Nullable String reportSubmitter;

    /** A field of the outermost header or of one in it; the name in lower case. */
    void field(String name, Field field, boolean outermost) {
        switch (name) {
            // The outermost message's header wins; a forwarded mail's own is better than none.
            case "tls-report-domain" -> reportDomain = first(reportDomain, field);
            case "tls-report-submitter" -> reportSubmitter = first(reportSubmitter, field);
            default -> {
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
                trouble,
                signs.kind(!own.parts().isEmpty()));
    }

    private static @Nullable String first(@Nullable String known, Field field) {
        if (known != null) {
            return known;
        }
        String value = HeaderText.clean(field.getBody(), MAX_HEADER_CHARS);
        return value.isEmpty() ? null : value;
    }
}

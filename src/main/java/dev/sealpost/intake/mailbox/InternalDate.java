package dev.sealpost.intake.mailbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** When a server took a mail, as IMAP writes it (RFC 9051, date-time): {@code " 7-Nov-2026 02:44:25 -0700"}. */
final class InternalDate {
    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-")
            .appendText(
                    ChronoField.MONTH_OF_YEAR,
                    Map.ofEntries(
                            Map.entry(1L, "Jan"),
                            Map.entry(2L, "Feb"),
                            Map.entry(3L, "Mar"),
                            Map.entry(4L, "Apr"),
                            Map.entry(5L, "May"),
                            Map.entry(6L, "Jun"),
                            Map.entry(7L, "Jul"),
                            Map.entry(8L, "Aug"),
                            Map.entry(9L, "Sep"),
                            Map.entry(10L, "Oct"),
                            Map.entry(11L, "Nov"),
                            Map.entry(12L, "Dec")))
            .appendPattern("-uuuu HH:mm:ss xx")
            .toFormatter();

    private InternalDate() {}

    /** The time; null if the text is none. */
    static @Nullable Instant parse(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : OffsetDateTime.parse(text.strip(), FORM).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}

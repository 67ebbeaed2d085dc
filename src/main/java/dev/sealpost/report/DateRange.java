package dev.sealpost.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * The reported period (RFC 8460, sections 4.1 and 4.4: by rule one full UTC day, in the field also hours or weeks).
 *
 * @param start first instant, whole seconds
 * @param end last instant, whole seconds; often 23:59:59 of the day or the next midnight, and not always after start
 */
public record DateRange(Instant start, Instant end) {
    public DateRange {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
    }

    /** The UTC day of the start: the day this report belongs to. */
    public LocalDate day() {
        return LocalDate.ofInstant(start, ZoneOffset.UTC);
    }
}

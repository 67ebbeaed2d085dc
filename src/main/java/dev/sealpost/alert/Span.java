package dev.sealpost.alert;

import java.time.LocalDate;

/**
 * Which days of a domain a round judges.
 *
 * @param from the first of them; the last one is today
 * @param changed the first day whose numbers changed
 */
record Span(LocalDate from, LocalDate changed) {
    private static final int ALWAYS = 7;

    /** Some days before today always, for reports that came late change what others say. */
    static Span of(LocalDate changed, LocalDate today) {
        LocalDate usual = today.minusDays(ALWAYS);
        return new Span(changed.isBefore(usual) ? changed : usual, changed);
    }

    Span and(Span other) {
        return new Span(
                from.isBefore(other.from) ? from : other.from,
                changed.isBefore(other.changed) ? changed : other.changed);
    }
}

package dev.sealpost.store;

import java.math.BigDecimal;

/** The session estimate of a domain's day over all its cells, or a difference of it. */
record DayTotal(BigDecimal successful, BigDecimal failed, long reports) {
    static final DayTotal NONE = new DayTotal(BigDecimal.ZERO, BigDecimal.ZERO, 0);

    static DayTotal of(Sessions sessions) {
        return new DayTotal(
                BigDecimal.valueOf(sessions.successful.value()),
                BigDecimal.valueOf(sessions.failed.value()),
                sessions.reports());
    }

    DayTotal plus(DayTotal other) {
        return new DayTotal(successful.add(other.successful), failed.add(other.failed), reports + other.reports);
    }

    DayTotal negated() {
        return new DayTotal(successful.negate(), failed.negate(), -reports);
    }
}

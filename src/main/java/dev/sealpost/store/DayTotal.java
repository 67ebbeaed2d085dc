package dev.sealpost.store;

import java.math.BigDecimal;
import java.util.Map;

/** The session estimate of a domain's day over all its cells, or a difference of it. */
record DayTotal(BigDecimal successful, BigDecimal failed, long reports) {
    static final DayTotal NONE = new DayTotal(BigDecimal.ZERO, BigDecimal.ZERO, 0);

    /** Days of domains with their totals, or differences. */
    static final Bulk<Map.Entry<DomainDay, DayTotal>> BULK = new Bulk<Map.Entry<DomainDay, DayTotal>>("daily_domain")
            .column("domain", "text", entry -> entry.getKey().domain())
            .column("day", "date", entry -> entry.getKey().day())
            .column("successful", "numeric", entry -> entry.getValue().successful())
            .column("failed", "numeric", entry -> entry.getValue().failed())
            .column("reports", "bigint", entry -> entry.getValue().reports());

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

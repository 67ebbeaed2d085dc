package dev.sealpost.store;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What all cells of a domain's day say, or a difference of it.
 *
 * @param successful the session estimate
 * @param failed the session estimate
 * @param reports that count
 * @param occurrences sessions in failure details
 * @param failing reports that have any
 */
record DayTotal(BigDecimal successful, BigDecimal failed, long reports, BigDecimal occurrences, long failing) {
    static final DayTotal NONE = new DayTotal(BigDecimal.ZERO, BigDecimal.ZERO, 0, BigDecimal.ZERO, 0);

    /** The totals of days {@code u} by their cells, called {@code c}. */
    static final String OF_CELLS = """
            CROSS JOIN LATERAL (
                SELECT s.successful, s.failed, s.reports, f.occurrences, f.failing
                FROM (SELECT coalesce(sum(successful), 0) AS successful, coalesce(sum(failed), 0) AS failed,
                             coalesce(sum(reports), 0) AS reports
                      FROM daily_sessions WHERE domain = u.domain AND day = u.day) s
                CROSS JOIN (SELECT coalesce(sum(failed), 0) AS occurrences, coalesce(sum(of_all), 0) AS failing
                      FROM daily_failures WHERE domain = u.domain AND day = u.day) f) c""";

    /** Whether those differ from what is kept as {@code d}. */
    static final String DIFFER = "(d.successful, d.failed, d.reports, d.occurrences, d.failing)"
            + " <> (c.successful, c.failed, c.reports, c.occurrences, c.failing)";

    /** Days of domains with their totals, or differences. */
    static final Bulk<Map.Entry<DomainDay, DayTotal>> BULK = new Bulk<Map.Entry<DomainDay, DayTotal>>("daily_domain")
            .column("domain", "text", entry -> entry.getKey().domain())
            .column("day", "date", entry -> entry.getKey().day())
            .column("successful", "numeric", entry -> entry.getValue().successful())
            .column("failed", "numeric", entry -> entry.getValue().failed())
            .column("reports", "bigint", entry -> entry.getValue().reports())
            .column("occurrences", "numeric", entry -> entry.getValue().occurrences())
            .column("failing", "bigint", entry -> entry.getValue().failing());

    /** Of cells of sessions. */
    static DayTotal ofSessions(BigDecimal successful, BigDecimal failed, long reports) {
        return new DayTotal(successful, failed, reports, BigDecimal.ZERO, 0);
    }

    static DayTotal of(Sessions sessions) {
        return ofSessions(
                BigDecimal.valueOf(sessions.successful.value()),
                BigDecimal.valueOf(sessions.failed.value()),
                sessions.reports());
    }

    /** Of rows of failures. */
    static DayTotal ofFailures(BigDecimal occurrences, long failing) {
        return new DayTotal(BigDecimal.ZERO, BigDecimal.ZERO, 0, occurrences, failing);
    }

    static DayTotal of(CellSums.Occurrences added) {
        return ofFailures(BigDecimal.valueOf(added.failed.value()), added.ofAll);
    }

    DayTotal plus(DayTotal other) {
        return new DayTotal(
                successful.add(other.successful),
                failed.add(other.failed),
                reports + other.reports,
                occurrences.add(other.occurrences),
                failing + other.failing);
    }

    DayTotal negated() {
        return new DayTotal(successful.negate(), failed.negate(), -reports, occurrences.negate(), -failing);
    }
}

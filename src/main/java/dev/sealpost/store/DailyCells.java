package dev.sealpost.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Provenance;

/**
 * Derives cells from the stored reports that count, whatever stood there before, so that a better version, a late copy, a
 * deleted report and a changed rule are one and the same operation.
 */
@Singleton
class DailyCells {
    /** Version of the counting rule, {@link Recount}. Raise it with every change that makes other numbers of the same reports. */
    static final int RULE = 1;

    /** Which of the unverified reports of a cell count: those that were sealed, then those that came first at the door. */
    private static final String FILLED = """
            (SELECT domain, day, organization, report,
                    counts AND rank >= %3$d AND row_number() OVER (
                        PARTITION BY domain, day, organization, channel, provenance, counts
                        ORDER BY received_at, receipt) > %4$d - coalesce((
                            SELECT e.reports FROM sealed_sessions e
                            WHERE e.domain = s.domain AND e.day = s.day AND e.organization = s.organization
                              AND e.channel = s.channel AND e.provenance = s.provenance), 0) AS aside
                  FROM (SELECT DISTINCT p.domain, p.day, p.organization, p.report, r.channel, r.provenance, r.rank,
                            r.counts, r.received_at, r.receipt
                        FROM %1$s
                        JOIN policy p ON p.domain = u.domain AND p.day = u.day AND p.organization = u.organization%2$s
                        JOIN report r ON r.day = p.day AND r.id = p.report) s) v
            """;

    private static final String FILL = "UPDATE policy p SET aside = v.aside FROM " + FILLED + """
            WHERE p.domain = v.domain AND p.day = v.day AND p.organization = v.organization AND p.report = v.report
              AND p.aside <> v.aside""";

    private static final String SESSIONS = """
            WITH made AS (INSERT INTO daily_sessions (%s) %s RETURNING domain, day, successful, failed, reports)
            SELECT domain, day, sum(successful), sum(failed), sum(reports) FROM made GROUP BY 1, 2""".formatted(Recount.SESSION_COLUMNS, Recount.SESSIONS);
    private static final String OTHERS =
            "INSERT INTO daily_other_sessions (" + Recount.OTHER_COLUMNS + ") " + Recount.OTHERS;
    private static final String FAILURES = """
            WITH made AS (INSERT INTO daily_failures (%s) %s RETURNING domain, day, policy_type, result_type, failed)
            SELECT domain, day, policy_type, result_type, sum(failed), count(*) FROM made GROUP BY 1, 2, 3, 4""".formatted(Recount.FAILURE_COLUMNS, Recount.FAILURES);

    private static final String NO_SESSIONS = """
            WITH gone AS (DELETE FROM daily_sessions d USING %s
                WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization
                RETURNING d.domain, d.day, d.successful, d.failed, d.reports)
            SELECT domain, day, sum(successful), sum(failed), sum(reports) FROM gone GROUP BY 1, 2""".formatted(Unit.bulk("").rows());
    private static final String NO_OTHERS = """
            DELETE FROM daily_other_sessions d USING %s
            WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization""".formatted(Unit.bulk("").rows());
    private static final String NO_FAILURES = """
            WITH gone AS (DELETE FROM daily_failures d USING %s
                WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization
                RETURNING d.domain, d.day, d.policy_type, d.result_type, d.failed)
            SELECT domain, day, policy_type, result_type, sum(failed), count(*) FROM gone GROUP BY 1, 2, 3, 4""".formatted(Unit.bulk("").rows());

    private static final String WRONG =
            "SELECT p.domain, p.day, p.organization, p.report, p.position, v.aside FROM " + FILLED + """
            JOIN policy p ON p.domain = v.domain AND p.day = v.day AND p.organization = v.organization AND p.report = v.report
            WHERE p.aside <> v.aside ORDER BY 1, 2, 3, 4, 5 LIMIT %5$d""";

    private final int most;
    private final String fillAll;
    private final String fillMore;

    @Inject
    DailyCells() {
        this(Unverified.MOST);
    }

    /** @param most unverified reports that a cell counts */
    DailyCells(int most) {
        this.most = most;
        int rank = Provenance.UNVERIFIED.rank();
        this.fillAll = FILL.formatted(Unit.bulk("").rows(), "", rank, most);
        this.fillMore = FILL.formatted(Unit.bulk("").rows(), " AND NOT p.aside", rank, most);
    }

    /**
     * Derives all cells of locked units.
     *
     * @param aside whether reports that were kept aside may find room now; else the cells can only have become fuller
     * @param changes how the cells changed is written down here
     */
    void derive(Connection connection, Collection<Unit> derived, boolean aside, Changes changes) throws SQLException {
        List<Unit> units = List.copyOf(derived);
        Bulk<Unit> bulk = Unit.bulk("");
        bulk.run(connection, aside ? fillAll : fillMore, units);
        bulk.query(connection, NO_SESSIONS, units, row -> sessions(row, changes, -1));
        bulk.run(connection, NO_OTHERS, units);
        bulk.query(connection, NO_FAILURES, units, row -> failures(row, changes, -1));
        bulk.query(connection, SESSIONS, units, row -> sessions(row, changes, 1));
        bulk.run(connection, OTHERS, units);
        bulk.query(connection, FAILURES, units, row -> failures(row, changes, 1));
        FullCells.note(connection, units, most);
    }

    /** Policies that are kept aside and should not be, or the other way round. */
    List<String> wrong(Connection connection, List<Unit> units, int most) throws SQLException {
        List<String> wrong = new ArrayList<>();
        Unit.bulk("")
                .query(
                        connection,
                        wrong(most),
                        units,
                        row -> wrong.add("policy " + row.getString(1) + ' '
                                + row.getString(2) + ' ' + row.getString(3) + ' ' + row.getString(4) + " number "
                                + row.getInt(5)
                                + (row.getBoolean(6) ? ": counts, should be aside" : ": is aside, should count")));
        return wrong;
    }

    private String wrong(int rows) {
        return WRONG.formatted(Unit.bulk("").rows(), "", Provenance.UNVERIFIED.rank(), most, rows);
    }

    private static void sessions(ResultSet row, Changes changes, int sign) throws SQLException {
        DayTotal total = new DayTotal(row.getBigDecimal(3), row.getBigDecimal(4), row.getLong(5));
        changes.sessions(row.getString(1), row.getObject(2, LocalDate.class), sign < 0 ? total.negated() : total);
    }

    private static void failures(ResultSet row, Changes changes, int sign) throws SQLException {
        changes.failure(
                row.getString(1),
                row.getObject(2, LocalDate.class),
                row.getString(3),
                row.getString(4),
                row.getBigDecimal(5).multiply(BigDecimal.valueOf(sign)),
                sign * row.getLong(6));
    }
}

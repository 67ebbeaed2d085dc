package dev.sealpost.store;

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
    static final int RULE = 3;

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

    private static final String SUMS_OF_SESSIONS = """

            SELECT domain, day, organization, min(organization_name COLLATE "C"), sum(successful), sum(failed), sum(reports)
            FROM changed GROUP BY 1, 2, 3""";
    private static final String SUMS_OF_FAILURES = """

            SELECT domain, day, organization, min(organization_name COLLATE "C"), policy_type, result_type, sum(failed),
                count(*), sum(of_type), sum(of_all)
            FROM changed GROUP BY 1, 2, 3, 5, 6""";
    private static final String SESSIONS = """
            WITH changed AS (INSERT INTO daily_sessions AS d (%s) %s RETURNING d.*)%s""".formatted(Recount.SESSION_COLUMNS, Recount.SESSIONS, SUMS_OF_SESSIONS);
    private static final String OTHERS =
            "INSERT INTO daily_other_sessions (" + Recount.OTHER_COLUMNS + ") " + Recount.OTHERS;
    private static final String FAILURES = """
            WITH changed AS (INSERT INTO daily_failures AS d (%s) %s RETURNING d.*)%s""".formatted(Recount.FAILURE_COLUMNS, Recount.FAILURES, SUMS_OF_FAILURES);

    private static final String NO_SESSIONS = """
            WITH changed AS (DELETE FROM daily_sessions d USING %s
                WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization
                RETURNING d.*)%s""".formatted(Unit.bulk("").rows(), SUMS_OF_SESSIONS);
    private static final String NO_OTHERS = """
            DELETE FROM daily_other_sessions d USING %s
            WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization""".formatted(Unit.bulk("").rows());
    private static final String NO_FAILURES = """
            WITH changed AS (DELETE FROM daily_failures d USING %s
                WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization
                RETURNING d.*)%s""".formatted(Unit.bulk("").rows(), SUMS_OF_FAILURES);

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
        bulk.query(connection, NO_FAILURES, units, row -> changes.failures(row, -1));
        bulk.query(connection, SESSIONS, units, row -> sessions(row, changes, 1));
        bulk.run(connection, OTHERS, units);
        bulk.query(connection, FAILURES, units, row -> changes.failures(row, 1));
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
        Unit unit = new Unit(row.getString(1), row.getObject(2, LocalDate.class), row.getString(3));
        DayTotal total = DayTotal.ofSessions(row.getBigDecimal(5), row.getBigDecimal(6), row.getLong(7));
        changes.sessions(unit, row.getString(4), sign < 0 ? total.negated() : total);
    }
}

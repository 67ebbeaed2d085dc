package dev.sealpost.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much the cells of one transaction changed, for the sums over cells: those of a domain's day, and those over all
 * domains. They are written at its end, in one order for all writers.
 */
final class Changes {
    /** So many writers can add to one global sum side by side. */
    static final int BUCKETS = 64;

    private record Kind(LocalDate day, String policyType, String resultType, int bucket) {}

    private record Occurred(BigDecimal failed, long cells) {
        static final Occurred NONE = new Occurred(BigDecimal.ZERO, 0);
    }

    private final Map<DomainDay, DayTotal> totals = new TreeMap<>(DomainDay.ORDER);
    private final Map<Kind, Occurred> kinds = new TreeMap<>(Comparator.comparing(Kind::day)
            .thenComparing(Kind::policyType)
            .thenComparing(Kind::resultType)
            .thenComparing(Kind::bucket));
    private final ReporterSums reporters = new ReporterSums();

    private static final String ADD_TOTALS = """
            UPDATE daily_domain d SET successful = d.successful + u.successful, failed = d.failed + u.failed,
                reports = d.reports + u.reports, occurrences = d.occurrences + u.occurrences, failing = d.failing + u.failing
            FROM %s WHERE d.domain = u.domain AND d.day = u.day""".formatted(DayTotal.BULK.rows());
    private static final Bulk<Map.Entry<Kind, Occurred>> KINDS = new Bulk<Map.Entry<Kind, Occurred>>(
                    "rollup_failures AS r")
            .column("day", "date", entry -> entry.getKey().day)
            .column("policy_type", "text", entry -> entry.getKey().policyType)
            .column("result_type", "text", entry -> entry.getKey().resultType)
            .column("bucket", "smallint", entry -> (short) entry.getKey().bucket)
            .column("failed", "numeric", entry -> entry.getValue().failed)
            .column("cells", "bigint", entry -> entry.getValue().cells);
    private static final String ADD_KINDS = KINDS.insert() + """
             ON CONFLICT (day, policy_type, result_type, bucket) DO UPDATE SET
                failed = r.failed + excluded.failed, cells = r.cells + excluded.cells""";

    /** What a domain's total has and its cells have not. */
    void takeBack(Unit unit, DayTotal share) {
        totals.merge(DomainDay.of(unit), share.negated(), DayTotal::plus);
    }

    /**
     * Sessions of cells that came to a unit, or went if they are negative.
     *
     * @param name how the reporter writes itself there
     */
    void sessions(Unit unit, String name, DayTotal difference) {
        totals.merge(DomainDay.of(unit), difference, DayTotal::plus);
        reporters.sessions(unit, name, difference);
    }

    /** A kind of failure that was added to one of its rows, which is new or not. */
    void failure(CellSums.Failure failure, CellSums.Occurrences added, boolean fresh) {
        Unit unit = failure.cell().unit();
        BigDecimal failed = BigDecimal.valueOf(added.failed.value());
        kind(unit, failure.policyType(), failure.resultType(), failed, fresh ? 1 : 0);
        failures(unit, added.name, failure.resultType(), failed, added.ofType, added.ofAll);
    }

    /**
     * Rows of daily_failures that came, or went.
     *
     * @param row domain, day, organization, name, policy type, result type, failed, rows, of_type and of_all
     * @param sign -1 if they went
     */
    void failures(ResultSet row, int sign) throws SQLException {
        Unit unit = new Unit(row.getString(1), row.getObject(2, LocalDate.class), row.getString(3));
        BigDecimal failed = row.getBigDecimal(7).multiply(BigDecimal.valueOf(sign));
        kind(unit, row.getString(5), row.getString(6), failed, sign * row.getLong(8));
        failures(unit, row.getString(4), row.getString(6), failed, sign * row.getLong(9), sign * row.getLong(10));
    }

    private void failures(Unit unit, String name, String resultType, BigDecimal failed, long ofType, long ofAll) {
        totals.merge(DomainDay.of(unit), DayTotal.ofFailures(failed, ofAll), DayTotal::plus);
        reporters.failures(unit, name, resultType, failed, ofType, ofAll);
    }

    private void kind(Unit unit, String policyType, String resultType, BigDecimal failed, long cells) {
        kinds.merge(
                new Kind(
                        unit.day(),
                        policyType,
                        resultType,
                        Math.floorMod(unit.domain().hashCode(), BUCKETS)),
                new Occurred(failed, cells),
                (one, other) -> new Occurred(one.failed.add(other.failed), one.cells + other.cells));
    }

    void write(Connection connection) throws SQLException {
        totals.values().removeIf(DayTotal.NONE::equals);
        kinds.values().removeIf(Occurred.NONE::equals);
        DayTotal.BULK.run(connection, ADD_TOTALS, List.copyOf(totals.entrySet()));
        KINDS.run(connection, ADD_KINDS, List.copyOf(kinds.entrySet()));
        reporters.write(connection);
    }
}

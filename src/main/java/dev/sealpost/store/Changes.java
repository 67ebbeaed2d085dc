package dev.sealpost.store;

import java.math.BigDecimal;
import java.sql.Connection;
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
    private static final int BUCKETS = 64;

    private record Kind(LocalDate day, String policyType, String resultType, int bucket) {}

    private record Occurred(BigDecimal failed, long cells) {
        static final Occurred NONE = new Occurred(BigDecimal.ZERO, 0);
    }

    private final Map<DomainDay, DayTotal> totals = new TreeMap<>(DomainDay.ORDER);
    private final Map<Kind, Occurred> kinds = new TreeMap<>(Comparator.comparing(Kind::day)
            .thenComparing(Kind::policyType)
            .thenComparing(Kind::resultType)
            .thenComparing(Kind::bucket));

    private static final String ADD_TOTALS = """
            UPDATE daily_domain d SET successful = d.successful + u.successful, failed = d.failed + u.failed,
                reports = d.reports + u.reports
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

    /** Sessions of cells that came to a domain's day, or went if they are negative. */
    void sessions(String domain, LocalDate day, DayTotal difference) {
        totals.merge(new DomainDay(domain, day), difference, DayTotal::plus);
    }

    /** Occurrences of a kind of failure that were added, in so many new rows. */
    void failure(CellSums.Failure failure, long failed, long cells) {
        Unit unit = failure.cell().unit();
        failure(
                unit.domain(),
                unit.day(),
                failure.policyType(),
                failure.resultType(),
                BigDecimal.valueOf(failed),
                cells);
    }

    void failure(String domain, LocalDate day, String policyType, String resultType, BigDecimal failed, long cells) {
        kinds.merge(
                new Kind(day, policyType, resultType, Math.floorMod(domain.hashCode(), BUCKETS)),
                new Occurred(failed, cells),
                (one, other) -> new Occurred(one.failed.add(other.failed), one.cells + other.cells));
    }

    void write(Connection connection) throws SQLException {
        totals.values().removeIf(DayTotal.NONE::equals);
        kinds.values().removeIf(Occurred.NONE::equals);
        DayTotal.BULK.run(connection, ADD_TOTALS, List.copyOf(totals.entrySet()));
        KINDS.run(connection, ADD_KINDS, List.copyOf(kinds.entrySet()));
    }
}

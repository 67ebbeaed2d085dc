package dev.sealpost.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How much the cells of one transaction changed, for the sums over all domains by reporter: differences in a bucket of this
 * process, so that processes do not wait for each other. A bucket may become negative; the sum of all is right.
 */
final class ReporterSums {
    private static final short BUCKET = (short) ThreadLocalRandom.current().nextInt(Changes.BUCKETS);

    /** No result type is called so: all of them. */
    private static final String ALL = "";

    private record Reporter(LocalDate day, String organization, String resultType) {}

    private record Sum(String name, BigDecimal successful, BigDecimal failed, long reports) {
        Sum plus(Sum other) {
            return new Sum(
                    CellSums.least(name, other.name),
                    successful.add(other.successful),
                    failed.add(other.failed),
                    reports + other.reports);
        }

        boolean nothing() {
            return successful.signum() == 0 && failed.signum() == 0 && reports == 0;
        }
    }

    private static final Comparator<Reporter> ORDER = Comparator.comparing(Reporter::day)
            .thenComparing(Reporter::organization)
            .thenComparing(Reporter::resultType);
    private static final Bulk<Map.Entry<Reporter, Sum>> SESSIONS =
            reporters("rollup_sessions AS r").column("successful", "numeric", entry -> entry.getValue().successful);
    private static final Bulk<Map.Entry<Reporter, Sum>> FAILURES =
            reporters("rollup_reporters AS r").column("result_type", "text", entry -> entry.getKey().resultType);
    private static final String ADD = """
             ON CONFLICT (day, organization, %sbucket) DO UPDATE SET %sfailed = r.failed + excluded.failed,
                reports = r.reports + excluded.reports,
                organization_name = least(r.organization_name COLLATE "C", excluded.organization_name)""";
    private static final String ADD_SESSIONS =
            SESSIONS.insert() + ADD.formatted("", "successful = r.successful + excluded.successful, ");
    private static final String ADD_FAILURES = FAILURES.insert() + ADD.formatted("result_type, ", "");

    private final Map<Reporter, Sum> sessions = new TreeMap<>(ORDER);
    private final Map<Reporter, Sum> failures = new TreeMap<>(ORDER);

    private static Bulk<Map.Entry<Reporter, Sum>> reporters(String table) {
        return new Bulk<Map.Entry<Reporter, Sum>>(table)
                .column("day", "date", entry -> entry.getKey().day)
                .column("organization", "text", entry -> entry.getKey().organization)
                .column("bucket", "smallint", entry -> BUCKET)
                .column("organization_name", "text", entry -> entry.getValue().name)
                .column("failed", "numeric", entry -> entry.getValue().failed)
                .column("reports", "bigint", entry -> entry.getValue().reports);
    }

    void sessions(Unit unit, String name, DayTotal difference) {
        sessions.merge(
                new Reporter(unit.day(), unit.organization(), ALL),
                new Sum(name, difference.successful(), difference.failed(), difference.reports()),
                Sum::plus);
    }

    /**
     * Failures that came, or went if they are negative.
     *
     * @param ofType reports that put themselves down for the result type
     * @param ofAll and for all types
     */
    void failures(Unit unit, String name, String resultType, BigDecimal failed, long ofType, long ofAll) {
        failures.merge(
                new Reporter(unit.day(), unit.organization(), resultType),
                new Sum(name, BigDecimal.ZERO, failed, ofType),
                Sum::plus);
        failures.merge(
                new Reporter(unit.day(), unit.organization(), ALL),
                new Sum(name, BigDecimal.ZERO, failed, ofAll),
                Sum::plus);
    }

    void write(Connection connection) throws SQLException {
        sessions.values().removeIf(Sum::nothing);
        failures.values().removeIf(Sum::nothing);
        SESSIONS.run(connection, ADD_SESSIONS, List.copyOf(sessions.entrySet()));
        FAILURES.run(connection, ADD_FAILURES, List.copyOf(failures.entrySet()));
    }
}

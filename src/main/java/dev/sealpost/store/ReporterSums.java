package dev.sealpost.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.postgresql.PGConnection;

/**
 * How much the cells of one transaction changed, for the sums over all domains by reporter: differences in a bucket of the
 * connection, so that two that are open at once do not wait for each other. A bucket may become negative; the sum of all is
 * right.
 */
final class ReporterSums {
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

    private record Row(Reporter key, Sum sum, short bucket) {}

    private static final Comparator<Reporter> ORDER = Comparator.comparing(Reporter::day)
            .thenComparing(Reporter::organization)
            .thenComparing(Reporter::resultType);
    private static final Bulk<Row> SESSIONS =
            reporters("rollup_sessions AS r").column("successful", "numeric", row -> row.sum.successful);
    private static final Bulk<Row> FAILURES =
            reporters("rollup_reporters AS r").column("result_type", "text", row -> row.key.resultType);
    private static final String ADD = """
             ON CONFLICT (day, organization, %sbucket) DO UPDATE SET %sfailed = r.failed + excluded.failed,
                reports = r.reports + excluded.reports,
                organization_name = least(r.organization_name COLLATE "C", excluded.organization_name)""";
    private static final String ADD_SESSIONS =
            SESSIONS.insert() + ADD.formatted("", "successful = r.successful + excluded.successful, ");
    private static final String ADD_FAILURES = FAILURES.insert() + ADD.formatted("result_type, ", "");

    private final Map<Reporter, Sum> sessions = new TreeMap<>(ORDER);
    private final Map<Reporter, Sum> failures = new TreeMap<>(ORDER);

    private static Bulk<Row> reporters(String table) {
        return new Bulk<Row>(table)
                .column("day", "date", row -> row.key.day)
                .column("organization", "text", row -> row.key.organization)
                .column("bucket", "smallint", Row::bucket)
                .column("organization_name", "text", row -> row.sum.name)
                .column("failed", "numeric", row -> row.sum.failed)
                .column("reports", "bigint", row -> row.sum.reports);
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
        int backend = connection.unwrap(PGConnection.class).getBackendPID();
        short bucket = (short) Math.floorMod(backend, Changes.BUCKETS);
        SESSIONS.run(connection, ADD_SESSIONS, rows(sessions, bucket));
        FAILURES.run(connection, ADD_FAILURES, rows(failures, bucket));
    }

    private static List<Row> rows(Map<Reporter, Sum> sums, short bucket) {
        return sums.entrySet().stream()
                .filter(entry -> !entry.getValue().nothing())
                .map(entry -> new Row(entry.getKey(), entry.getValue(), bucket))
                .toList();
    }
}

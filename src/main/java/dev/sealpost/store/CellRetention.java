package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import jakarta.inject.Singleton;

/**
 * Ends old cells with all that was kept for them: their sealed part, and the ids of reports that are gone. Cells of reports
 * that are stored stay; an imported archive's go after its reports.
 */
@Singleton
public class CellRetention {
    private static final String STORED = "SELECT day, organization, domains FROM report WHERE ";
    private static final String SINGLE = """
            SELECT d.domain, d.day, s.organization FROM (
                SELECT d.domain, d.day FROM daily_domain_default d
                WHERE d.day < ? AND NOT EXISTS (SELECT FROM policy p WHERE p.domain = d.domain AND p.day = d.day)
                ORDER BY d.domain, d.day LIMIT ?) d
            LEFT JOIN daily_sessions s ON s.domain = d.domain AND s.day = d.day""";
    private static final String GONE = """
            DELETE FROM gone_report WHERE day < ? AND day NOT IN (SELECT day FROM daily_domain WHERE day < ?)""";

    private final ReadTransaction reading;
    private final WriteTransaction writing;
    private final Counting counting;
    private final SealedCells sealed;

    CellRetention(ReadTransaction reading, WriteTransaction writing, Counting counting, SealedCells sealed) {
        this.reading = reading;
        this.writing = writing;
        this.counting = counting;
        this.sealed = sealed;
    }

    /**
     * Ends cells of days before a day.
     *
     * @param limit days of domains in one transaction where no partition is dropped
     */
    public void expire(LocalDate before, int limit) {
        SortedSet<YearMonth> reports = reading.read(connection -> Partitions.months(connection, "report"));
        for (YearMonth month : reading.read(connection -> Partitions.months(connection, "daily_domain"))) {
            // As long as its reports have a partition, they are needed.
            if (!month.plusMonths(1).atDay(1).isAfter(before) && !reports.contains(month)) {
                writing.write(connection -> drop(connection, month));
            }
        }
        while (writing.write(connection -> deleteSome(connection, before, limit)) == limit) {
            // more of them are old
        }
        writing.update(new Sql(GONE, before, before));
    }

    private boolean drop(Connection connection, YearMonth month) throws SQLException {
        Partitions.hurry(connection);
        List<String> tables = new ArrayList<>(MonthlyTables.CELLS.names());
        tables.addAll(MonthlyTables.SEALED.names());
        // All at once, so that nobody counts into one while the others go.
        Partitions.run(connection, "LOCK TABLE " + String.join(", ", tables) + " IN ACCESS EXCLUSIVE MODE");
        for (String table : tables) {
            if (Partitions.months(connection, table).contains(month)) {
                Partitions.drop(connection, table, month, "");
            }
        }
        WriteTransaction.fixPlans(connection);
        Set<Unit> late = new HashSet<>();
        ReadTransaction.list(connection, new Sql(STORED + Partitions.in(month)), Unit::of)
                .forEach(late::addAll);
        return counting.derive(connection, late, Set::of);
    }

    private int deleteSome(Connection connection, LocalDate before, int limit) throws SQLException {
        WriteTransaction.fixPlans(connection);
        List<Unit> units = ReadTransaction.list(
                connection,
                new Sql(SINGLE, before, limit),
                row -> new Unit(
                        row.getString(1),
                        row.getObject(2, LocalDate.class),
                        row.getString(3) == null ? "" : row.getString(3)));
        boolean mine = counting.derive(connection, new HashSet<>(units), () -> {
            sealed.remove(connection, units);
            return Set.of();
        });
        if (!mine) {
            connection.rollback();
            return 0;
        }
        return (int) units.stream()
                .map(unit -> new DomainDay(unit.domain(), unit.day()))
                .distinct()
                .count();
    }
}

package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;

/**
 * Stores batches. One transaction a batch: reports, what is set aside, and the cells they touch. Storing the same batch
 * again, in any company and any number of times, changes nothing.
 */
@Singleton
public class ReportStore {
    private final AgroalDataSource database;
    private final ReportRows reports;
    private final PolicyRows policies;
    private final DailyCells cells;
    private final QuarantineRows quarantine;

    ReportStore(
            AgroalDataSource database,
            ReportRows reports,
            PolicyRows policies,
            DailyCells cells,
            QuarantineRows quarantine) {
        this.database = database;
        this.reports = reports;
        this.policies = policies;
        this.cells = cells;
        this.quarantine = quarantine;
    }

    /**
     * What became of a batch.
     *
     * @param inserted arrivals that brought a report, or a version of one, that was not stored yet
     * @param dropped what the quarantine gave up for what was set aside
     */
    public record Stored(List<Arrival> inserted, Dropped dropped) {}

    /**
     * Stores a batch and derives the cells of every domain, day and organisation in it.
     *
     * @throws StoreUnavailableException if the database cannot take it now; the same batch may do later
     * @throws UnstorableException if it will never take it
     */
    public Stored store(List<Arrival> arrivals, List<SetAside> aside) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                fixPlans(connection);
                List<Arrival> inserted = store(connection, arrivals);
                Stored stored = new Stored(inserted, quarantine.keep(connection, aside));
                connection.commit();
                return stored;
            } catch (SQLException | RuntimeException | Error e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw StoreUnavailableException.of(e);
        }
    }

    private List<Arrival> store(Connection connection, List<Arrival> arrivals) throws SQLException {
        // In the order of ids, and units in theirs: writers that meet wait for each other instead of both losing.
        List<ReportRow> rows = arrivals.stream()
                .map(ReportRow::of)
                .sorted(Comparator.comparing(ReportRow::id))
                .toList();
        List<Unit> units = rows.stream()
                .flatMap(row -> row.units().stream())
                .distinct()
                .sorted(Unit.ORDER)
                .toList();
        List<ReportRow> inserted = reports.insertNew(connection, rows);
        policies.insert(connection, inserted);
        Set<ReportRow> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
        fresh.addAll(inserted);
        reports.addCopies(
                connection, rows.stream().filter(row -> !fresh.contains(row)).toList());
        List<Unit> locked = cells.lock(connection, units);
        reports.settleVersions(connection, rows);
        cells.derive(connection, locked);
        return inserted.stream().map(ReportRow::arrival).toList();
    }

    /**
     * A batch touches few rows of large tables, each by its key, in the order in which the joins are written. Without
     * statistics, as on a first day, the planner guesses otherwise: 7.6 s instead of 0.1 s for 2,000 units.
     */
    private static void fixPlans(Connection connection) throws SQLException {
        try (Statement settings = connection.createStatement()) {
            settings.execute("SET LOCAL join_collapse_limit = 1");
            settings.execute("SET LOCAL enable_seqscan = off");
            settings.execute("SET LOCAL enable_hashjoin = off");
            settings.execute("SET LOCAL enable_mergejoin = off");
        }
    }
}

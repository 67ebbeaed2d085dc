package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jakarta.inject.Singleton;

/**
 * Brings the daily tables up to what is stored, within the transaction that changed it. Cells in which nothing happens but
 * that new reports count are added to; all others are derived anew.
 */
@Singleton
class Counting {
    private final DailyDomains domains;
    private final Versions versions;
    private final CellRows rows;
    private final DailyCells cells;

    Counting(DailyDomains domains, Versions versions, CellRows rows, DailyCells cells) {
        this.domains = domains;
        this.versions = versions;
        this.rows = rows;
        this.cells = cells;
    }

    /**
     * Counts new reports, and what changed with them.
     *
     * @param inserted the new ones
     * @param changed units of stored reports that changed otherwise
     * @param reports all that are new or changed
     */
    void count(Connection connection, List<ReportRow> inserted, Set<Unit> changed, List<ReportRow> reports)
            throws SQLException {
        Set<UUID> fresh = inserted.stream().map(ReportRow::id).collect(Collectors.toSet());
        CellSums all = CellSums.of(inserted, unit -> true);
        DailyDomains.Locked locked = domains.lock(
                connection,
                Stream.concat(inserted.stream().flatMap(row -> row.units().stream()), changed.stream())
                        .toList(),
                all);
        Versions.Settled settled = versions.settle(connection, reports, fresh);
        Set<Unit> derived = new HashSet<>(changed);
        derived.addAll(settled.units());
        derived.addAll(locked.older());
        derived.removeIf(unit -> !locked.mine(unit));
        Changes changes = new Changes();
        // The days' totals have all of them already: what does not come of it is taken back.
        all.sessions.forEach((cell, sums) -> {
            if (locked.mine(cell.unit())) {
                changes.sessions(
                        cell.unit().domain(),
                        cell.unit().day(),
                        DayTotal.of(sums.estimate).negated());
            }
        });
        CellSums sums = settled.ids().isEmpty() && derived.isEmpty() && locked.newer().isEmpty()
                ? all
                : CellSums.of(
                        inserted.stream()
                                .filter(row -> !settled.ids().contains(row.id()))
                                .toList(),
                        unit -> locked.mine(unit) && !derived.contains(unit));
        Set<Unit> full = rows.add(connection, sums, changes);
        cells.derive(connection, derived, true, changes);
        cells.derive(connection, full, false, changes);
        changes.write(connection);
    }

    /** What is done to stored reports and leaves the cells as they are. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /**
     * Does something under the locks of units that does not change what they count.
     *
     * @return false if a newer program made one of them: nothing must be changed then
     */
    boolean keep(Connection connection, Collection<Unit> units, Work work) throws SQLException {
        DailyDomains.Locked locked = domains.lock(connection, units);
        if (!locked.newer().isEmpty()) {
            return false;
        }
        Changes changes = new Changes();
        cells.derive(connection, locked.older(), true, changes);
        changes.write(connection);
        work.run();
        return true;
    }

    /** Decides, under the locks, which other units change too. */
    @FunctionalInterface
    interface Decision {
        Set<Unit> units() throws SQLException;
    }

    /**
     * Derives units whose stored reports changed.
     *
     * @return false if a newer program made one of them: nothing must be changed then
     */
    boolean derive(Connection connection, Collection<Unit> units, Decision decision) throws SQLException {
        DailyDomains.Locked locked = domains.lock(connection, units);
        if (!locked.newer().isEmpty()) {
            return false;
        }
        Set<Unit> derived = new HashSet<>(units);
        derived.addAll(locked.older());
        derived.addAll(decision.units());
        Changes changes = new Changes();
        cells.derive(connection, derived, true, changes);
        changes.write(connection);
        domains.forgetEmpty(connection, units);
        return true;
    }
}

package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jakarta.inject.Inject;
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
    private final TouchedDays touched;

    @Inject
    Counting(DailyDomains domains, Versions versions, CellRows rows, DailyCells cells, TouchedDays touched) {
        this.domains = domains;
        this.versions = versions;
        this.rows = rows;
        this.cells = cells;
        this.touched = touched;
    }

    /** Everything that changes is judged at once. */
    Counting(DailyDomains domains, Versions versions, CellRows rows, DailyCells cells) {
        this(domains, versions, rows, cells, new TouchedDays(Duration.ZERO, 14));
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
        versions.hold(connection, reports);
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
                changes.takeBack(cell.unit(), DayTotal.of(sums.estimate));
            }
        });
        all.failures.forEach((failure, occurrences) -> {
            Unit unit = failure.cell().unit();
            if (locked.mine(unit)) {
                changes.takeBack(unit, DayTotal.of(occurrences));
            }
        });
        List<ReportRow> counted = inserted.stream()
                .filter(row -> !settled.ids().contains(row.id()))
                .toList();
        CellSums sums = counted.size() == inserted.size()
                        && derived.isEmpty()
                        && locked.newer().isEmpty()
                ? all
                : CellSums.of(counted, unit -> locked.mine(unit) && !derived.contains(unit));
        Set<Unit> full = rows.add(connection, sums, changes);
        full.removeAll(FullCells.keepAside(connection, full, counted));
        cells.derive(connection, derived, true, changes);
        cells.derive(connection, full, false, changes);
        changes.write(connection);
        touched.put(
                connection,
                Stream.concat(inserted.stream().flatMap(row -> row.units().stream()), derived.stream())
                        .toList());
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

    /** Days that an older program stored reports in, and that are for this program to derive. */
    List<DomainDay> due(Connection connection, int most) throws SQLException {
        return DomainDays.due(connection, domains.rule(), most);
    }

    /**
     * Derives everything of some days anew, whatever stands there: which versions count, the cells, and their totals.
     *
     * @return of how many a newer program made the cells: they are left to it
     */
    int rebuild(Connection connection, List<DomainDay> days) throws SQLException {
        // A version that counts and should not may have shares elsewhere too.
        List<Versions.Wrong> wrong = versions.wrong(connection, days);
        Set<Unit> elsewhere = new HashSet<>();
        wrong.forEach(version -> elsewhere.addAll(version.units()));
        List<DomainDay> all = DomainDays.union(days, elsewhere);
        DailyDomains.Locked locked = domains.lockDays(connection, all);
        Set<Unit> derived = new HashSet<>(elsewhere);
        derived.addAll(locked.older());
        for (Versions.Wrong version : wrong) {
            derived.addAll(versions.settle(connection, version.day(), version.identity())
                    .units());
        }
        List<DomainDay> mine =
                all.stream().filter(day -> !locked.newer().contains(day)).toList();
        derived.addAll(DomainDays.units(connection, days));
        derived.removeIf(unit -> !locked.mine(unit));
        Changes changes = new Changes();
        cells.derive(connection, derived, true, changes);
        changes.write(connection);
        touched.putDays(connection, mine);
        domains.made(connection, mine.stream().filter(days::contains).toList());
        domains.forgetEmptyDays(connection, mine);
        return (int) days.stream().filter(locked.newer()::contains).count();
    }

    /** Decides, under the locks, which other units change too. */
    @FunctionalInterface
    interface Decision {
        Set<Unit> units() throws SQLException;
    }

    /**
     * Derives units whose stored reports changed.
     *
     * @return false if a newer program made some of them: they are left to it, marked as due
     */
    boolean derive(Connection connection, Collection<Unit> units, Decision decision) throws SQLException {
        DailyDomains.Locked locked = domains.lock(connection, units);
        Set<Unit> derived = new HashSet<>(units);
        derived.addAll(locked.older());
        derived.addAll(decision.units());
        derived.removeIf(unit -> !locked.mine(unit));
        Changes changes = new Changes();
        cells.derive(connection, derived, true, changes);
        changes.write(connection);
        touched.put(connection, derived);
        domains.forgetEmpty(connection, derived);
        return locked.newer().isEmpty();
    }
}

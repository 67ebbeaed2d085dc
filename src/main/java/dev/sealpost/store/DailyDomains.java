package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The days of domains: who writes cells locks these first, all in one order. */
@Singleton
class DailyDomains {
    private static final Bulk<DomainDay> BULK = DomainDay.bulk("daily_domain AS d");
    private static final String LOCK = """
            INSERT INTO daily_domain AS d (domain, day, rule, successful, failed, reports, occurrences, failing)
            SELECT u.domain, u.day, ?, u.successful, u.failed, u.reports, u.occurrences, u.failing
            FROM %s ORDER BY u.domain, u.day
            ON CONFLICT (domain, day) DO UPDATE SET due = d.due OR d.rule > excluded.rule,
                successful = d.successful + CASE WHEN d.rule > excluded.rule THEN 0 ELSE excluded.successful END,
                failed = d.failed + CASE WHEN d.rule > excluded.rule THEN 0 ELSE excluded.failed END,
                reports = d.reports + CASE WHEN d.rule > excluded.rule THEN 0 ELSE excluded.reports END,
                occurrences = d.occurrences + CASE WHEN d.rule > excluded.rule THEN 0 ELSE excluded.occurrences END,
                failing = d.failing + CASE WHEN d.rule > excluded.rule THEN 0 ELSE excluded.failing END
            RETURNING d.domain, d.day, d.rule""".formatted(DayTotal.BULK.rows());
    private static final String WHOLE = """
            SELECT DISTINCT p.domain, p.day, p.organization
            FROM %s JOIN policy p ON p.domain = u.domain AND p.day = u.day""".formatted(BULK.rows());
    private static final String MADE = """
            UPDATE daily_domain d SET rule = ?, due = false
            FROM %s WHERE d.domain = u.domain AND d.day = u.day""".formatted(BULK.rows());
    private static final String TOTALS = """
            UPDATE daily_domain d SET due = false, successful = c.successful, failed = c.failed, reports = c.reports,
                occurrences = c.occurrences, failing = c.failing
            FROM %s %s WHERE d.domain = u.domain AND d.day = u.day AND (d.due OR %s)""".formatted(BULK.rows(), DayTotal.OF_CELLS, DayTotal.DIFFER);
    private static final String EMPTY = """
            DELETE FROM daily_domain d USING %s
            WHERE d.domain = u.domain AND d.day = u.day
              AND NOT EXISTS (SELECT FROM policy p WHERE p.domain = u.domain AND p.day = u.day)
              AND NOT EXISTS (SELECT FROM daily_sessions s WHERE s.domain = u.domain AND s.day = u.day)""".formatted(BULK.rows());

    private final int rule;

    @Inject
    DailyDomains() {
        this(DailyCells.RULE);
    }

    /** @param rule version of the counting rule that this program knows */
    DailyDomains(int rule) {
        this.rule = rule;
    }

    int rule() {
        return rule;
    }

    /**
     * What was locked.
     *
     * @param newer days whose cells a newer rule made: they are left to the program that knows it, and marked as due
     * @param older units of days that an older rule made, all of which have to be derived
     */
    record Locked(Set<DomainDay> newer, List<Unit> older) {
        /** Whether this program may write the cells of a unit. */
        boolean mine(Unit unit) {
            return newer.isEmpty() || !newer.contains(DomainDay.of(unit));
        }
    }

    /** Locks the days of the units until the transaction ends, adding nothing. */
    Locked lock(Connection connection, Collection<Unit> units) throws SQLException {
        return lock(connection, units, new CellSums());
    }

    /**
     * Locks the days of the units until the transaction ends, so that of two writers of one cell the second sees what the
     * first committed (READ COMMITTED would otherwise drop a report).
     *
     * @param added what is about to be added to the days' totals: it is, of days that this program may write
     */
    Locked lock(Connection connection, Collection<Unit> units, CellSums added) throws SQLException {
        return lockDays(connection, days(units), added);
    }

    /** Locks days likewise. */
    Locked lockDays(Connection connection, List<DomainDay> wanted) throws SQLException {
        return lockDays(connection, wanted, new CellSums());
    }

    private Locked lockDays(Connection connection, List<DomainDay> wanted, CellSums added) throws SQLException {
        Map<DomainDay, DayTotal> totals = new TreeMap<>(DomainDay.ORDER);
        wanted.forEach(day -> totals.put(day, DayTotal.NONE));
        added.sessions.forEach(
                (cell, sums) -> totals.merge(DomainDay.of(cell.unit()), DayTotal.of(sums.estimate), DayTotal::plus));
        added.failures.forEach((failure, occurrences) ->
                totals.merge(DomainDay.of(failure.cell().unit()), DayTotal.of(occurrences), DayTotal::plus));
        List<Map.Entry<DomainDay, DayTotal>> days = List.copyOf(totals.entrySet());
        Set<DomainDay> newer = new HashSet<>();
        List<DomainDay> older = new ArrayList<>();
        if (!days.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
                statement.setInt(1, rule);
                DayTotal.BULK.bind(connection, statement, days, 2);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        int made = row.getInt(3);
                        if (made != rule) {
                            (made > rule ? newer : older)
                                    .add(new DomainDay(row.getString(1), row.getObject(2, LocalDate.class)));
                        }
                    }
                }
            }
        }
        List<Unit> whole = new ArrayList<>();
        BULK.query(
                connection,
                WHOLE,
                older,
                row -> whole.add(new Unit(row.getString(1), row.getObject(2, LocalDate.class), row.getString(3))));
        if (!older.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(MADE)) {
                statement.setInt(1, rule);
                BULK.bind(connection, statement, older, 2);
                statement.executeUpdate();
            }
        }
        return new Locked(newer, whole);
    }

    /** Notes that all cells of locked days were derived, and makes the totals of their cells anew. */
    void made(Connection connection, List<DomainDay> days) throws SQLException {
        BULK.run(connection, TOTALS, days);
    }

    /** Forgets locked days of which nothing is stored any more. */
    void forgetEmpty(Connection connection, Collection<Unit> units) throws SQLException {
        forgetEmptyDays(connection, days(units));
    }

    void forgetEmptyDays(Connection connection, List<DomainDay> days) throws SQLException {
        BULK.run(connection, EMPTY, days);
    }

    private static List<DomainDay> days(Collection<Unit> units) {
        Set<DomainDay> days = new TreeSet<>(DomainDay.ORDER);
        units.forEach(unit -> days.add(DomainDay.of(unit)));
        return List.copyOf(days);
    }
}

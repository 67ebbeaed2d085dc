package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jakarta.inject.Singleton;

/**
 * Compares what stands in the tables with what follows from the stored reports. Each look sees one state of the database:
 * every transaction leaves cells that are right, so nobody has to be kept from writing, and nothing that is under way is
 * taken for a difference.
 */
@Singleton
public class Verification {
    private static final Bulk<DomainDay> DAYS = DomainDay.bulk("");
    private static final String LEFT = "SELECT d.domain, d.day FROM " + DAYS.rows()
            + " JOIN daily_domain d ON d.domain = u.domain AND d.day = u.day WHERE d.due OR d.rule <> "
            + DailyCells.RULE;
    private static final String TOTALS = """
            SELECT u.domain, u.day, concat_ws(', ', d.successful, d.failed, d.reports, d.occurrences, d.failing),
                concat_ws(', ', c.successful, c.failed, c.reports, c.occurrences, c.failing)
            FROM %s LEFT JOIN daily_domain d ON d.domain = u.domain AND d.day = u.day
            %s
            WHERE d.domain IS NULL OR %s ORDER BY 1, 2""".formatted(DAYS.rows(), DayTotal.OF_CELLS, DayTotal.DIFFER);

    private final ReadTransaction transaction;
    private final Versions versions;
    private final DailyCells cells;

    Verification(ReadTransaction transaction, Versions versions, DailyCells cells) {
        this.transaction = transaction;
        this.versions = versions;
        this.cells = cells;
    }

    /**
     * What was found.
     *
     * @param days that were looked at; empty if there were no more
     * @param left of them, those whose cells were not compared: another rule made them, or they are due
     * @param differences in words, the first of each table
     */
    public record Checked(List<DomainDay> days, int left, List<String> differences) {}

    /**
     * Compares the next days of domains.
     *
     * @param after the last that was looked at
     * @param most days at once, which is what has to be in memory
     * @throws StoreUnavailableException if the database cannot answer now
     */
    public Checked next(Scope scope, Optional<DomainDay> after, int most) {
        return transaction.readAtLeisure(
                connection -> compare(connection, DomainDays.next(connection, scope, after, most)));
    }

    /** Compares some days by chance. */
    public Checked sample(int most) {
        return transaction.readAtLeisure(connection -> compare(connection, DomainDays.sample(connection, most)));
    }

    /** Compares the sums over all domains. */
    public List<String> rollups(Scope scope) {
        return transaction.readAtLeisure(connection -> Rollups.differences(connection, scope).stream()
                .map(Rollups.Wrong::text)
                .toList());
    }

    private Checked compare(Connection connection, List<DomainDay> days) throws SQLException {
        WriteTransaction.fixPlans(connection);
        List<String> differences = new ArrayList<>();
        for (Versions.Wrong report : versions.wrong(connection, days)) {
            differences.add(
                    "report " + report.id() + ": counts or is contested, and should not, or the other way round");
        }
        Set<DomainDay> left = new HashSet<>();
        DAYS.query(
                connection,
                LEFT,
                days,
                row -> left.add(new DomainDay(row.getString(1), row.getObject(2, LocalDate.class))));
        List<Unit> units = DomainDays.units(connection, days).stream()
                .filter(unit -> !left.contains(new DomainDay(unit.domain(), unit.day())))
                .toList();
        differences.addAll(cells.wrong(connection, units, CellDifferences.MOST));
        differences.addAll(CellDifferences.find(connection, units));
        DAYS.query(
                connection,
                TOTALS,
                days,
                row -> differences.add("daily_domain " + row.getString(1) + ' ' + row.getString(2) + ": is "
                        + row.getString(3) + ", should be " + row.getString(4)));
        return new Checked(days, left.size(), differences);
    }
}

package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jakarta.inject.Singleton;

/** Deletes old reports of domains that nobody claimed, with all that came of them. */
@Singleton
public class UnclaimedRetention {
    /** Another process may be at it: whoever has a row has it alone. */
    private static final String OLD = """
            SELECT day, id FROM unclaimed_report WHERE received_at < ? ORDER BY received_at LIMIT ?
            FOR UPDATE SKIP LOCKED""";

    private record Old(LocalDate day, UUID id) {
        static final Bulk<Old> BULK = new Bulk<Old>("unclaimed_report")
                .column("day", "date", Old::day)
                .column("id", "uuid", Old::id);
    }

    private record Doomed(LocalDate day, UUID id, byte[] identity, String organization, List<String> domains) {
        Stream<Unit> units() {
            return domains.stream()
                    .filter(domain -> !domain.isEmpty())
                    .map(domain -> new Unit(domain, day, organization));
        }
    }

    private static final Bulk<Doomed> DOOMED =
            new Bulk<Doomed>("report").column("day", "date", Doomed::day).column("id", "uuid", Doomed::id);
    private static final String EMPTY_UNITS =
            """
            DELETE FROM daily_unit d USING %s
            WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization
              AND NOT EXISTS (SELECT FROM policy p
                WHERE p.domain = u.domain AND p.day = u.day AND p.organization = u.organization)""".formatted(Unit.bulk("daily_unit").rows());

    private final WriteTransaction transaction;
    private final ReportRows reports;
    private final DailyCells cells;

    UnclaimedRetention(WriteTransaction transaction, ReportRows reports, DailyCells cells) {
        this.transaction = transaction;
        this.reports = reports;
        this.cells = cells;
    }

    /**
     * Deletes reports that came before an instant; those whose domain was claimed since are reports like others.
     *
     * @param watched whether a domain is watched beside those in the table
     * @param limit most reports in one transaction
     * @return how many were looked at; fewer than the limit if there are no more now
     */
    public int expire(Instant before, Predicate<String> watched, int limit) {
        return transaction.write(connection -> {
            WriteTransaction.fixPlans(connection);
            List<Old> old = ReadTransaction.list(
                    connection,
                    new Sql(OLD, before, limit),
                    row -> new Old(row.getObject(1, LocalDate.class), row.getObject(2, UUID.class)));
            List<Doomed> doomed = unclaimed(connection, reports(connection, old), watched);
            if (!delete(connection, doomed)) {
                // Its cells belong to a newer program, which does this too.
                connection.rollback();
                return 0;
            }
            Old.BULK.run(
                    connection,
                    "DELETE FROM unclaimed_report x USING " + Old.BULK.rows() + " WHERE x.day = u.day AND x.id = u.id",
                    old);
            return old.size();
        });
    }

    /** Forgets the counts of days that nothing of is stored any more. */
    public void forgetCounts(LocalDate before) {
        transaction.write(connection ->
                WriteTransaction.update(connection, new Sql("DELETE FROM unclaimed_count WHERE day < ?", before)));
    }

    private static List<Doomed> reports(Connection connection, List<Old> old) throws SQLException {
        String sql = "SELECT r.day, r.id, r.identity, r.organization, r.domains FROM " + Old.BULK.rows()
                + " JOIN report r ON r.day = u.day AND r.id = u.id ORDER BY r.id FOR UPDATE OF r";
        List<Doomed> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Old.BULK.bind(connection, statement, old, 1);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Doomed(
                            row.getObject(1, LocalDate.class),
                            row.getObject(2, UUID.class),
                            row.getBytes(3),
                            row.getString(4),
                            ReportList.texts(row, "domains")));
                }
            }
        }
        return found;
    }

    private static List<Doomed> unclaimed(Connection connection, List<Doomed> reports, Predicate<String> watched)
            throws SQLException {
        Set<String> registered = WatchedTable.among(
                connection,
                reports.stream()
                        .map(Doomed::domains)
                        .flatMap(Collection::stream)
                        .collect(Collectors.toSet()));
        return reports.stream()
                .filter(report -> report.domains.stream().noneMatch(watched.or(registered::contains)))
                .toList();
    }

    private boolean delete(Connection connection, List<Doomed> doomed) throws SQLException {
        for (String table : Arrays.asList("failure_detail", "policy")) {
            DOOMED.run(connection, """
                    DELETE FROM %s x USING (SELECT r.day, r.id, r.organization, unnest(r.domains) AS domain
                        FROM %s JOIN report r ON r.day = u.day AND r.id = u.id) r
                    WHERE x.domain = r.domain AND x.day = r.day AND x.organization = r.organization
                      AND x.report = r.id""".formatted(table, DOOMED.rows()), doomed);
        }
        for (String table : Arrays.asList("report_copy", "report_raw", "report")) {
            DOOMED.run(
                    connection,
                    "DELETE FROM " + table + " x USING " + DOOMED.rows() + " WHERE x.day = u.day AND x.id = u.id",
                    doomed);
        }
        List<Unit> units = doomed.stream()
                .flatMap(Doomed::units)
                .distinct()
                .sorted(Unit.ORDER)
                .toList();
        if (units.isEmpty()) {
            return true;
        }
        if (cells.lock(connection, units).size() < units.size()) {
            return false;
        }
        reports.settle(
                connection,
                doomed.stream()
                        .map(report -> new ReportRows.Version(report.day, report.identity))
                        .sorted(Comparator.comparing(ReportRows.Version::day))
                        .toList());
        cells.derive(connection, units);
        Unit.bulk("").run(connection, EMPTY_UNITS, units);
        return true;
    }
}

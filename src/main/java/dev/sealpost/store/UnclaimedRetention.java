package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

    private final WriteTransaction transaction;
    private final Removal removal;

    UnclaimedRetention(WriteTransaction transaction, Removal removal) {
        this.transaction = transaction;
        this.removal = removal;
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
            List<Removal.Doomed> doomed = unclaimed(
                    connection,
                    removal.find(connection, old.stream().map(Old::id).toList()),
                    watched);
            if (!removal.remove(connection, doomed)) {
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

    private static List<Removal.Doomed> unclaimed(
            Connection connection, List<Removal.Doomed> reports, Predicate<String> watched) throws SQLException {
        Set<String> registered = WatchedTable.among(
                connection,
                reports.stream()
                        .map(Removal.Doomed::domains)
                        .flatMap(Collection::stream)
                        .collect(Collectors.toSet()));
        return reports.stream()
                .filter(report -> report.domains().stream().noneMatch(watched.or(registered::contains)))
                .toList();
    }
}

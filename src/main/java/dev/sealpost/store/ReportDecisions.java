package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jakarta.inject.Singleton;

/**
 * What an operator decides of single reports. The cells are right in the same transaction; batches that are being stored
 * are waited for, and those that come after know the decision.
 */
@Singleton
public class ReportDecisions {
    private static final String GONE =
            "INSERT INTO gone_report (day, id, identity, sealed) VALUES (?, ?, ?, false) ON CONFLICT DO NOTHING";
    private static final String UNCLAIMED = "DELETE FROM unclaimed_report WHERE day = ? AND id = ?";
    private static final String PREFER = """
            UPDATE report SET preferred = (id = ?)
            WHERE day = ? AND id BETWEEN ? AND ? AND identity = ? AND preferred <> (id = ?)""";

    private final WriteTransaction transaction;
    private final Removal removal;

    ReportDecisions(WriteTransaction transaction, Removal removal) {
        this.transaction = transaction;
        this.removal = removal;
    }

    /** What is done to a report that is there. */
    private interface Change {
        void to(Connection connection, Removal.Doomed report) throws SQLException;
    }

    /**
     * Deletes a report, so that neither a late copy nor a replay brings it back. Another version of it counts then.
     *
     * @param who the name of the caller
     * @return false if there is no such report
     * @throws StoreUnavailableException if the database cannot do it now
     */
    public boolean delete(UUID id, String who, Instant at) {
        return change(id, new AuditEntry(at, who, "deleteReport", "reports/" + id, null), (connection, report) -> {
            WriteTransaction.update(connection, new Sql(GONE, report.day(), id, report.identity()));
            WriteTransaction.update(connection, new Sql(UNCLAIMED, report.day(), id));
            removal.remove(connection, List.of(report));
        });
    }

    /**
     * Prefers a report to the other versions of it: it counts, whatever comes, until another is preferred or it is
     * deleted.
     *
     * @param who the name of the caller
     * @return false if there is no such report
     * @throws StoreUnavailableException if the database cannot do it now
     */
    public boolean prefer(UUID id, String who, Instant at) {
        return change(id, new AuditEntry(at, who, "preferReport", "reports/" + id, null), (connection, report) -> {
            Sql prefer =
                    new Sql(PREFER, id, report.day(), ReportId.least(id), ReportId.greatest(id), report.identity(), id);
            WriteTransaction.update(connection, prefer);
            removal.settle(connection, List.of(report));
        });
    }

    private boolean change(UUID id, AuditEntry entry, Change change) {
        return transaction.write(connection -> {
            Locks.hold(connection, Locks.STORING);
            WriteTransaction.fixPlans(connection);
            List<Removal.Doomed> found = removal.find(connection, List.of(id));
            if (found.isEmpty()) {
                return false;
            }
            change.to(connection, found.getFirst());
            WriteTransaction.update(connection, entry.insert());
            return true;
        });
    }
}

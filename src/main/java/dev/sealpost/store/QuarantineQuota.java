package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Holds the quarantine to its bounds, in the transaction that adds to it. What goes is the oldest of the source that holds
 * most, and never more of it than makes it equal to the next: whoever sends little keeps it, however much others send.
 */
@Singleton
class QuarantineQuota {
    private static final int SHARES = 8;
    private static final String WHOLE = "";

    /** Rows that one statement looks at. */
    private static final int STEP = 500;

    private final long maxBytes;
    private final long maxEntries;

    @Inject
    QuarantineQuota(QuarantineConfig config) {
        this(config.maxBytes().asLongValue(), config.maxEntries());
    }

    QuarantineQuota(long maxBytes, long maxEntries) {
        this.maxBytes = maxBytes;
        this.maxEntries = maxEntries;
    }

    /** What a source, or all, hold. */
    private record Held(String prefix, long reports, long bytes) {}

    Dropped enforce(Connection connection, Collection<String> charged) throws SQLException {
        long source = 0;
        for (Held held : held(connection, new Sql(" WHERE prefix = ANY(?)", new TreeSet<>(charged)))) {
            source += reduce(
                    connection,
                    held.prefix,
                    Math.max(0, held.reports - maxEntries / SHARES),
                    Math.max(0, held.bytes - maxBytes / SHARES));
        }
        return new Dropped(source, whole(connection));
    }

    private long whole(Connection connection) throws SQLException {
        long dropped = 0;
        while (true) {
            List<Held> all = held(connection, new Sql(" WHERE prefix = ''"));
            if (all.isEmpty()) {
                return dropped;
            }
            long reports = Math.max(0, all.getFirst().reports - maxEntries);
            long bytes = Math.max(0, all.getFirst().bytes - maxBytes);
            long step = reports + bytes == 0 ? 0 : step(connection, reports, bytes);
            if (step == 0) {
                return dropped;
            }
            dropped += step;
        }
    }

    private static long step(Connection connection, long reports, long bytes) throws SQLException {
        String order = reports > 0 ? "reports" : "bytes";
        List<Held> most = held(connection, new Sql(" WHERE prefix <> '' ORDER BY " + order + " DESC LIMIT 2"));
        if (most.isEmpty()) {
            return 0;
        }
        Held first = most.getFirst();
        Held second = most.size() > 1 ? most.getLast() : new Held(WHOLE, 0, 0);
        return reports > 0
                ? reduce(connection, first.prefix, Math.clamp(first.reports - second.reports, 1, reports), 0)
                : reduce(connection, first.prefix, 0, Math.clamp(first.bytes - second.bytes, 1, bytes));
    }

    private static List<Held> held(Connection connection, Sql where) throws SQLException {
        return ReadTransaction.list(
                connection,
                new Sql("SELECT prefix, reports, bytes FROM quarantine_total").add(where),
                row -> new Held(row.getString(1), row.getLong(2), row.getLong(3)));
    }

    /** Drops the oldest entries of a source until so many and so many bytes are gone; says how many it dropped. */
    private static long reduce(Connection connection, String prefix, long reports, long bytes) throws SQLException {
        long entriesLeft = reports;
        long bytesLeft = bytes;
        long dropped = 0;
        while (entriesLeft > 0 || bytesLeft > 0) {
            // An entry that another writer holds is not waited for: he may wait for us.
            List<Long> sizes = ReadTransaction.list(
                    connection, new Sql("""
                    DELETE FROM quarantine WHERE id IN (
                        SELECT id FROM (
                            SELECT id, row_number() OVER oldest AS number, sum(size) OVER oldest - size AS before
                            FROM (SELECT id, received_at, size FROM quarantine WHERE prefix = ?
                                  ORDER BY received_at, id LIMIT ? FOR UPDATE SKIP LOCKED) first
                            WINDOW oldest AS (ORDER BY received_at, id)) counted
                        WHERE number <= ? OR before < ?)
                    RETURNING size""", prefix, STEP, entriesLeft, bytesLeft), row -> row.getLong(1));
            if (sizes.isEmpty()) {
                return dropped;
            }
            dropped += sizes.size();
            entriesLeft -= sizes.size();
            bytesLeft -= sizes.stream().mapToLong(Long::longValue).sum();
        }
        return dropped;
    }
}

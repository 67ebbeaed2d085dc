package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

/**
 * Who sends to a channel. Of all processes one at a time: what the holder of a lease writes is written only while it holds
 * it, by the database's clock, so that one who slept past its time changes nothing.
 */
@Singleton
public class ChannelLeases {
    /** A time that is over, or so far off that the clock must have been wrong when it was set. */
    private static final String OVER = " (c.%1$s IS NULL OR c.%1$s <= ? OR c.%1$s > ?::timestamptz + interval '%2$s')";

    private static final String BUSY = "SELECT c.id FROM channel c WHERE c.enabled"
            + " AND (c.lease_until IS NULL OR c.lease_until <= clock_timestamp() OR c.lease_owner = ?) AND"
            + OVER.formatted("paused_until", "2 hours")
            + " AND (EXISTS (SELECT FROM message m WHERE m.channel = c.id AND m.state = 'waiting'"
            + " AND (m.next_at <= ? OR m.next_at > ?::timestamptz + interval '2 hours'))"
            + " OR EXISTS (SELECT FROM delivery d WHERE d.channel = c.id AND NOT d.done) AND"
            + OVER.formatted("look_at", "8 days")
            + " OR c.digest_at <= ?"
            + " OR c.type = 'alertmanager' AND"
            + OVER.formatted("push_at", "1 hour")
            + ") ORDER BY c.id LIMIT ?";

    private static final String TAKE = """
            UPDATE channel SET lease_owner = ?, lease_until = clock_timestamp() + ? * interval '1 ms'
            WHERE id = ? AND enabled
              AND (lease_until IS NULL OR lease_until <= clock_timestamp() OR lease_owner = ?)""";

    private final WriteTransaction transactions;

    ChannelLeases(WriteTransaction transactions) {
        this.transactions = transactions;
    }

    /** Channels that nobody else sends to now and that have something to do; of a process that was killed its own too. */
    public List<UUID> busy(Instant now, UUID owner, int limit) {
        Sql sql = new Sql(BUSY, owner, now, now, now, now, now, now, now, now, now, limit);
        return transactions.write(
                connection -> ReadTransaction.list(connection, sql, row -> row.getObject(1, UUID.class)));
    }

    /** Takes or keeps a lease, and reads the channel as it is now; empty while somebody else has it. */
    public Optional<ChannelRow> take(ChannelLease lease) {
        Sql take = new Sql(TAKE, lease.owner(), lease.length().toMillis(), lease.channel(), lease.owner());
        return transactions.write(connection -> WriteTransaction.update(connection, take) == 0
                ? Optional.empty()
                : ChannelTable.find(connection, lease.channel()));
    }

    /** Gives a lease back. */
    public void release(ChannelLease lease) {
        transactions.update(new Sql(
                "UPDATE channel SET lease_owner = NULL, lease_until = NULL WHERE id = ? AND lease_owner = ?",
                lease.channel(),
                lease.owner()));
    }

    /** Whether the lease is held; until the transaction ends nobody else can take it. */
    static boolean held(Connection connection, ChannelLease lease) throws SQLException {
        Sql sql = new Sql(
                "SELECT FROM channel WHERE id = ? AND lease_owner = ? AND lease_until > clock_timestamp() FOR UPDATE",
                lease.channel(),
                lease.owner());
        return !ReadTransaction.list(connection, sql, row -> true).isEmpty();
    }
}

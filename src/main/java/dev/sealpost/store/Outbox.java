package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jakarta.inject.Singleton;

/** What waits for a channel, and how it becomes messages. All of it for the holder of the channel's lease. */
@Singleton
public class Outbox {
    private static final String WAITING =
            " FROM delivery d JOIN notice n ON n.seq = d.notice WHERE d.channel = ? AND NOT d.done";
    private static final String CRITICAL = " AND n.severity = 'critical'";
    private static final String WORST_FIRST =
            " ORDER BY coalesce(array_position(ARRAY['critical', 'high', 'medium', 'low'], n.severity), 1), n.seq";

    private static final String INSERT = """
            INSERT INTO message (id, channel, kind, alert, severity, subject, body, json, notices, created_at, state, next_at)
            VALUES (?, ?, ?, nullif(?, '')::uuid, ?, ?, ?, ?::json, ?, ?, 'waiting', ?) ON CONFLICT (id) DO NOTHING""";

    private final WriteTransaction transactions;

    Outbox(WriteTransaction transactions) {
        this.transactions = transactions;
    }

    /**
     * What waits.
     *
     * @param notices how many
     * @param last the number of the newest one; 0 for none
     * @param bySeverity how many of each severity
     */
    public record Waiting(int notices, long last, Map<String, Integer> bySeverity) {
        public Waiting {
            bySeverity = Map.copyOf(bySeverity);
        }
    }

    /** How much waits; of critical notices alone, or of all. */
    public Waiting waiting(UUID channel, boolean criticalOnly) {
        Sql sql = new Sql("SELECT n.severity, count(*)::int, max(n.seq)" + WAITING, channel)
                .add(criticalOnly ? CRITICAL : "")
                .add(" GROUP BY 1");
        Map<String, Integer> bySeverity = new TreeMap<>();
        long last = transactions
                .write(connection -> ReadTransaction.list(connection, sql, row -> {
                    bySeverity.put(row.getString(1), row.getInt(2));
                    return row.getLong(3);
                }))
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        return new Waiting(
                bySeverity.values().stream().mapToInt(Integer::intValue).sum(), last, bySeverity);
    }

    /** The first that wait, in their order or the worst first. */
    public List<NoticeRow> first(UUID channel, boolean criticalOnly, boolean worstFirst, int limit) {
        Sql sql = new Sql("SELECT n.*" + WAITING, channel)
                .add(criticalOnly ? CRITICAL : "")
                .add(worstFirst ? WORST_FIRST : " ORDER BY n.seq")
                .add(" LIMIT ?", limit);
        return transactions.write(connection -> ReadTransaction.list(connection, sql, Outbox::notice));
    }

    /** How many messages about notices were made since a time. */
    public int made(UUID channel, Instant since) {
        return count(new Sql(
                "SELECT count(*)::int FROM message WHERE channel = ? AND created_at > ?"
                        + " AND kind NOT IN ('summary', 'digest', 'test')",
                channel,
                since));
    }

    /** How many summaries were made since a time. */
    public int summaries(UUID channel, Instant since) {
        return count(new Sql(
                "SELECT count(*)::int FROM message WHERE channel = ? AND created_at > ? AND kind = 'summary'",
                channel,
                since));
    }

    private int count(Sql sql) {
        return transactions.write(connection ->
                ReadTransaction.list(connection, sql, row -> row.getInt(1)).getFirst());
    }

    /** What came of making a message. */
    public enum Packed {
        /** It is there, and what it tells of does not wait any more. */
        MADE,
        /** Other notices wait than it tells of: nothing was changed, and what waits is to be read again. */
        CHANGED,
        /** The lease is not held any more; nothing was changed. */
        LOST
    }

    /** Undoes a transaction. */
    private static final class ChangedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Makes a message of the notices between two. One that was written early and committed late has a smaller number than
     * those before it: it is never taken for told by a message that was made without it.
     *
     * @param message says of how many notices it tells
     * @param from the number of the first notice it tells of
     * @param to the number of the last one
     */
    public Packed pack(ChannelLease lease, MessageRow message, long from, long to, boolean criticalOnly) {
        return pack(lease, message, done(message, from, to).add(criticalOnly ? CRITICAL : ""), List.of());
    }

    /** As {@link #pack} of everything up to one, and the next digest is due at a time: both or neither. */
    public Packed digest(ChannelLease lease, MessageRow message, long to, Instant next) {
        Sql due = new Sql("UPDATE channel SET digest_at = ? WHERE id = ?", next, lease.channel());
        return pack(lease, message, done(message, 0, to), List.of(due));
    }

    private static Sql done(MessageRow message, long from, long to) {
        return new Sql("UPDATE delivery d SET done = true, message = ? FROM notice n", message.id())
                .add(" WHERE n.seq = d.notice AND d.channel = ? AND NOT d.done", message.channel())
                .add(" AND d.notice BETWEEN ? AND ?", from, to);
    }

    private Packed pack(ChannelLease lease, MessageRow message, Sql done, List<Sql> beside) {
        try {
            return transactions.write(connection -> {
                if (!ChannelLeases.held(connection, lease)) {
                    return Packed.LOST;
                }
                WriteTransaction.update(connection, insert(message));
                if (WriteTransaction.update(connection, done) != message.notices()) {
                    throw new ChangedException();
                }
                for (Sql sql : beside) {
                    WriteTransaction.update(connection, sql);
                }
                return Packed.MADE;
            });
        } catch (ChangedException changed) {
            return Packed.CHANGED;
        }
    }

    /** What waits is held back until then, or until more comes; false if the lease is not held any more. */
    public boolean hold(ChannelLease lease, Instant until) {
        return transactions.update(new Sql(
                        "UPDATE channel SET look_at = ? WHERE id = ? AND lease_owner = ? AND lease_until > clock_timestamp()",
                        until,
                        lease.channel(),
                        lease.owner()))
                > 0;
    }

    static Sql insert(MessageRow message) {
        UUID alert = message.alert();
        return new Sql(
                INSERT,
                message.id(),
                message.channel(),
                message.kind(),
                alert == null ? "" : alert.toString(),
                message.severity(),
                message.subject(),
                message.body(),
                message.json(),
                message.notices(),
                message.created(),
                message.created());
    }

    static NoticeRow notice(ResultSet row) throws SQLException {
        return new NoticeRow(
                row.getLong("seq"),
                new Notice(
                        row.getString("id"),
                        row.getString("kind"),
                        ReportList.instant(row, "at"),
                        row.getObject("alert", UUID.class),
                        row.getString("tenant"),
                        ReportList.texts(row, "domains"),
                        row.getString("severity"),
                        row.getString("state"),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getString("json")));
    }
}

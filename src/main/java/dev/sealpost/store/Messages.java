package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/** Messages on their way to a channel, and what became of them. */
@Singleton
public class Messages {
    /**
     * Of those that are due the one that was tried least, so that none that is never taken keeps the others; of an alert the
     * first there is: its messages keep their order.
     */
    private static final String DUE = """
            SELECT m.* FROM message m
            WHERE m.channel = ? AND m.state = 'waiting'
              AND (m.next_at <= ? OR m.next_at > ?::timestamptz + interval '2 hours')
              AND NOT EXISTS (SELECT FROM message e WHERE e.channel = m.channel AND e.state = 'waiting'
                              AND e.alert = m.alert AND e.seq < m.seq)
            ORDER BY m.attempts, m.seq LIMIT 1""";

    private final WriteTransaction transactions;

    Messages(WriteTransaction transactions) {
        this.transactions = transactions;
    }

    /** What came of an attempt: the status if it was answered, and words. */
    public record Attempt(Instant at, @Nullable Integer status, String answer) {}

    /** The next message of a channel. */
    public Optional<MessageRow> due(UUID channel, Instant now) {
        return transactions.write(
                connection -> ReadTransaction.list(connection, new Sql(DUE, channel, now, now), Messages::row).stream()
                        .findFirst());
    }

    /**
     * Messages of a channel that wait.
     *
     * @param untried how many of them were not tried yet
     */
    public record Waiting(int all, int untried) {}

    /** How many messages of a channel wait. */
    public Waiting waiting(UUID channel) {
        Sql sql = new Sql(
                "SELECT count(*)::int, count(*) FILTER (WHERE attempts = 0)::int FROM message"
                        + " WHERE channel = ? AND state = 'waiting'",
                channel);
        return transactions.write(connection -> ReadTransaction.list(
                        connection, sql, row -> new Waiting(row.getInt(1), row.getInt(2)))
                .getFirst());
    }

    /** How often the channel was found broken since it last took something. */
    public int failures(UUID channel) {
        Sql sql = new Sql("SELECT failures FROM channel WHERE id = ?", channel);
        return transactions.write(connection -> ReadTransaction.list(connection, sql, row -> row.getInt(1)).stream()
                .findFirst()
                .orElse(0));
    }

    /** Whether the channel took another message since this one, which was tried before, was made. */
    public boolean tookAnother(MessageRow message) {
        Sql sql = new Sql(
                "SELECT FROM message WHERE channel = ? AND state = 'delivered' AND ended_at > ? AND id <> ? LIMIT 1",
                message.channel(),
                message.created(),
                message.id());
        return message.attempts() > 0
                && !transactions
                        .write(connection -> ReadTransaction.list(connection, sql, row -> true))
                        .isEmpty();
    }

    /** It was taken; false if the lease is not held any more, and then it is sent again by whoever holds it. */
    public boolean delivered(ChannelLease lease, UUID message, Attempt attempt) {
        return ended(
                lease, message, "delivered", attempt, new Sql("failures = 0, paused_until = NULL, last_error = ''"));
    }

    /** It is not tried any more. */
    public boolean gaveUp(ChannelLease lease, UUID message, Attempt attempt) {
        return ended(lease, message, "gave-up", attempt, new Sql("last_error = ?", attempt.answer()));
    }

    private boolean ended(ChannelLease lease, UUID message, String state, Attempt attempt, Sql channel) {
        return transactions.write(connection -> {
            if (!ChannelLeases.held(connection, lease)) {
                return false;
            }
            Sql end = new Sql("UPDATE message SET state = ?, ended_at = ?, next_at = NULL", state, attempt.at())
                    .add(after(attempt))
                    .add(" WHERE id = ?", message);
            WriteTransaction.update(connection, end);
            Sql told = new Sql("UPDATE channel SET ").add(channel).add(" WHERE id = ?", lease.channel());
            return WriteTransaction.update(connection, told) > 0;
        });
    }

    /** It is tried again at a time; others of the channel are not kept. */
    public boolean again(ChannelLease lease, UUID message, Attempt attempt, Instant next) {
        return again(lease, message, attempt, next, new Sql("UPDATE channel SET last_error = ?", attempt.answer()));
    }

    /** It is tried again at a time, and until another time all of the channel pauses. */
    public boolean pause(ChannelLease lease, UUID message, Attempt attempt, Instant next, Instant until) {
        Sql paused = new Sql(
                "UPDATE channel SET failures = failures + 1, last_error = ?, paused_until = ?",
                attempt.answer(),
                until);
        return again(lease, message, attempt, next, paused);
    }

    private boolean again(ChannelLease lease, UUID message, Attempt attempt, Instant next, Sql channel) {
        return transactions.write(connection -> {
            if (!ChannelLeases.held(connection, lease)) {
                return false;
            }
            Sql again = new Sql("UPDATE message SET next_at = ?", next)
                    .add(after(attempt))
                    .add(" WHERE id = ?", message);
            WriteTransaction.update(connection, again);
            return WriteTransaction.update(connection, channel.add(" WHERE id = ?", lease.channel())) > 0;
        });
    }

    static Sql after(Attempt attempt) {
        Sql sql = new Sql(", attempts = attempts + 1, answer = ?", attempt.answer());
        Integer status = attempt.status();
        return status == null ? sql.add(", status = NULL") : sql.add(", status = ?", status);
    }

    /** The other side wants nothing any more: the channel is switched off. */
    public void disable(ChannelLease lease, String why) {
        transactions.update(new Sql(
                "UPDATE channel SET enabled = false, last_error = ? WHERE id = ? AND lease_owner = ?",
                why,
                lease.channel(),
                lease.owner()));
    }

    /** The last messages of a channel, newest first. */
    public List<DeliveryRow> last(UUID channel, int limit) {
        Sql sql = new Sql(
                "SELECT * FROM message WHERE channel = ? ORDER BY created_at DESC, seq DESC LIMIT ?", channel, limit);
        return transactions.write(connection -> ReadTransaction.list(connection, sql, Messages::delivery));
    }

    /** Deletes what ended before a time, and notices that are as old and not the last word of an open alert. */
    public int expire(Instant before, int limit) {
        int messages = transactions.update(new Sql(
                "DELETE FROM message WHERE id IN (SELECT id FROM message WHERE ended_at < ? LIMIT ?)", before, limit));
        transactions.update(new Sql(
                "DELETE FROM told_alert t USING notice n WHERE n.seq = t.notice AND n.at < ?"
                        + " AND t.state IN ('resolved', 'withdrawn')",
                before));
        int notices = transactions.update(new Sql(
                "DELETE FROM notice WHERE seq IN (SELECT n.seq FROM notice n WHERE n.at < ? AND n.routed_at < ?"
                        + " AND NOT EXISTS (SELECT FROM told_alert t WHERE t.notice = n.seq) LIMIT ?)",
                before,
                before,
                limit));
        return Math.max(messages, notices);
    }

    private static MessageRow row(ResultSet row) throws SQLException {
        return new MessageRow(
                row.getObject("id", UUID.class),
                row.getObject("channel", UUID.class),
                row.getString("kind"),
                row.getObject("alert", UUID.class),
                row.getString("severity"),
                row.getString("subject"),
                row.getString("body"),
                row.getString("json"),
                row.getInt("notices"),
                ReportList.instant(row, "created_at"),
                row.getInt("attempts"));
    }

    private static DeliveryRow delivery(ResultSet row) throws SQLException {
        return new DeliveryRow(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("severity"),
                row.getString("subject"),
                row.getInt("notices"),
                ReportList.instant(row, "created_at"),
                row.getString("state"),
                row.getInt("attempts"),
                ChannelTable.instant(row, "next_at"),
                ChannelTable.instant(row, "ended_at"),
                row.getObject("status", Integer.class),
                row.getString("answer"));
    }
}

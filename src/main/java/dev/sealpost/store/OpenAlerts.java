package dev.sealpost.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jakarta.inject.Singleton;

/** What the last notices say of alerts: for those who want to hear again and again what is open. */
@Singleton
public class OpenAlerts {
    private static final String SELECT = """
            SELECT n.*, t.since FROM channel c
            JOIN told_alert t ON t.tenant = coalesce(c.tenant, '')
            JOIN notice n ON n.seq = t.notice
            WHERE c.id = ? AND (t.state NOT IN ('resolved', 'withdrawn') OR n.at >= ?)
              AND (%s OR EXISTS (SELECT FROM notice o JOIN delivery d ON d.notice = o.seq AND d.channel = c.id
                                 WHERE o.alert = t.alert))
            ORDER BY n.seq LIMIT ?""".formatted(Routing.wants("n"));

    private final WriteTransaction transactions;

    OpenAlerts(WriteTransaction transactions) {
        this.transactions = transactions;
    }

    /**
     * An alert.
     *
     * @param since when it was first told of
     * @param last what was last told of it
     */
    public record Told(Instant since, Notice last) {}

    /** The open alerts that a channel is told of, and those that ended since a time; at most so many. */
    public List<Told> of(UUID channel, Instant endedSince, int limit) {
        return transactions.write(connection -> ReadTransaction.list(
                connection,
                new Sql(SELECT, channel, endedSince, limit),
                row -> new Told(
                        ReportList.instant(row, "since"), Outbox.notice(row).notice())));
    }

    /** The oldest message that waits, or the given time if that is older. */
    public Instant waitingSince(UUID channel, Instant atMost) {
        Sql sql = new Sql(
                "SELECT least(min(created_at), ?::timestamptz) AS since FROM message WHERE channel = ? AND state = 'waiting'",
                atMost,
                channel);
        return transactions.write(
                connection -> ReadTransaction.list(connection, sql, row -> ReportList.instant(row, "since"))
                        .getFirst());
    }

    /** Whether open alerts are to be pushed again. */
    public boolean isDue(UUID channel, Instant now) {
        Sql sql = new Sql(
                "SELECT FROM channel WHERE id = ?"
                        + " AND (push_at IS NULL OR push_at <= ? OR push_at > ?::timestamptz + interval '1 hour')",
                channel,
                now,
                now);
        return !transactions
                .write(connection -> ReadTransaction.list(connection, sql, row -> true))
                .isEmpty();
    }

    /** Open alerts are pushed again at a time; false if the lease is not held any more. */
    public boolean pushed(ChannelLease lease, Instant next, String error) {
        return transactions.update(new Sql(
                        "UPDATE channel SET push_at = ?, last_error = ? WHERE id = ? AND lease_owner = ?"
                                + " AND lease_until > clock_timestamp()",
                        next,
                        error,
                        lease.channel(),
                        lease.owner()))
                > 0;
    }
}

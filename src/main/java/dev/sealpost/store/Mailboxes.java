package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/**
 * What is known of mailboxes. Of all processes one reads a mailbox at a time: what the holder of a lease writes is written
 * only while it holds it, by the database's clock, so that one who slept past its time changes nothing.
 */
@Singleton
public class Mailboxes {
    private static final String HELD = " name = ? AND lease_owner = ? AND lease_until > clock_timestamp()";

    private final ReadTransaction reading;
    private final WriteTransaction writing;

    Mailboxes(ReadTransaction reading, WriteTransaction writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /**
     * How far a mailbox is.
     *
     * @param validity UIDVALIDITY; 0 for POP3
     * @param done UIDs, such as {@code 1:500,503}; empty for POP3
     */
    public record Checkpoint(long validity, String done) {
        /** Nothing was read yet. */
        public static final Checkpoint NONE = new Checkpoint(0, "");
    }

    /** Takes or keeps a lease; empty while somebody else has it. At another place everything is still to be read. */
    public Optional<Checkpoint> take(MailboxLease lease) {
        String name = lease.mailbox();
        return writing.write(connection -> {
            WriteTransaction.update(
                    connection,
                    new Sql(
                            "INSERT INTO mailbox (name, place) VALUES (?, ?) ON CONFLICT DO NOTHING",
                            name,
                            lease.place()));
            Sql take = new Sql("""
                    UPDATE mailbox SET lease_owner = ?, lease_until = clock_timestamp() + ? * interval '1 ms'
                    WHERE name = ? AND (lease_until IS NULL OR lease_until <= clock_timestamp() OR lease_owner = ?)""", lease.owner(), lease.length().toMillis(), name, lease.owner());
            if (WriteTransaction.update(connection, take) == 0) {
                return Optional.empty();
            }
            Sql moved = new Sql(
                    "UPDATE mailbox SET place = ?, validity = 0, done = '' WHERE name = ? AND place <> ?",
                    lease.place(),
                    name,
                    lease.place());
            if (WriteTransaction.update(connection, moved) > 0) {
                forgetAll(connection, name);
            }
            return ReadTransaction.list(
                            connection,
                            new Sql("SELECT validity, done FROM mailbox WHERE name = ?", name),
                            row -> new Checkpoint(row.getLong(1), row.getString(2)))
                    .stream()
                    .findFirst();
        });
    }

    /** Gives a lease back. */
    public void release(MailboxLease lease) {
        writing.update(new Sql(
                "UPDATE mailbox SET lease_owner = NULL, lease_until = NULL WHERE" + HELD,
                lease.mailbox(),
                lease.owner()));
    }

    /** Writes how far it is; false if the lease is not held any more. Another validity forgets all single mails. */
    public boolean save(MailboxLease lease, Checkpoint checkpoint) {
        return writing.write(connection -> {
            Sql save = new Sql(
                            "UPDATE mailbox SET done = ?, lease_until = clock_timestamp() + ? * interval '1 ms' WHERE",
                            checkpoint.done(),
                            lease.length().toMillis())
                    .add(HELD + " AND validity = ?", lease.mailbox(), lease.owner(), checkpoint.validity());
            if (WriteTransaction.update(connection, save) > 0) {
                return true;
            }
            Sql anew = new Sql(
                            "UPDATE mailbox SET validity = ?, done = ? WHERE", checkpoint.validity(), checkpoint.done())
                    .add(HELD, lease.mailbox(), lease.owner());
            boolean held = WriteTransaction.update(connection, anew) > 0;
            if (held) {
                forgetAll(connection, lease.mailbox());
            }
            return held;
        });
    }

    /** Counts one more failed try of a mail, and says how many there were. */
    public int failed(MailboxLease lease, String key) {
        Sql count = new Sql("""
                INSERT INTO mailbox_mail AS m (mailbox, key, done, tries) VALUES (?, ?, false, 1)
                ON CONFLICT (mailbox, key) DO UPDATE SET tries = m.tries + 1 RETURNING tries""", lease.mailbox(), key);
        return writing.write(connection ->
                ReadTransaction.list(connection, count, row -> row.getInt(1)).getFirst());
    }

    /** Mails whose key alone says that they are done (POP3). */
    public Set<String> done(String mailbox) {
        Sql sql = new Sql("SELECT key FROM mailbox_mail WHERE mailbox = ? AND done", mailbox);
        return reading.list(sql, row -> row.getString(1)).stream().collect(Collectors.toSet());
    }

    /** Remembers mails as done by their key; false if the lease is not held any more. */
    public boolean finish(MailboxLease lease, Collection<String> keys) {
        Sql finish = new Sql(
                        "INSERT INTO mailbox_mail (mailbox, key, done, tries) SELECT ?, k, true, 0 FROM unnest(?) k"
                                + " WHERE EXISTS (SELECT FROM mailbox WHERE",
                        lease.mailbox(),
                        keys)
                .add(HELD, lease.mailbox(), lease.owner())
                .add(") ON CONFLICT (mailbox, key) DO UPDATE SET done = true");
        return keys.isEmpty() || writing.update(finish) > 0;
    }

    /** Forgets single mails: they are covered by the checkpoint, or not there any more. */
    public void forget(MailboxLease lease, Collection<String> keys) {
        if (!keys.isEmpty()) {
            writing.update(
                    new Sql("DELETE FROM mailbox_mail WHERE mailbox = ? AND key = ANY (?)", lease.mailbox(), keys));
        }
    }

    private static void forgetAll(Connection connection, String name) throws SQLException {
        WriteTransaction.update(connection, new Sql("DELETE FROM mailbox_mail WHERE mailbox = ?", name));
    }

    /** Writes how it goes. */
    public void say(MailboxLease lease, MailboxRow row) {
        Sql say = new Sql(
                "UPDATE mailbox SET backlog = ?, mails_per_second = ?, last_error = ?",
                row.backlog(),
                row.mailsPerSecond(),
                row.lastError());
        if (row.lastPoll() != null) {
            say.add(", last_poll = ?", row.lastPoll());
        }
        if (row.lastSuccess() != null) {
            say.add(", last_success = ?", row.lastSuccess());
        }
        writing.update(say.add(" WHERE").add(HELD, lease.mailbox(), lease.owner()));
    }

    /** All mailboxes that were ever read, by name. */
    public List<MailboxRow> all() {
        return reading.list(
                new Sql("SELECT * FROM mailbox ORDER BY name"),
                row -> new MailboxRow(
                        row.getString("name"),
                        instant(row.getObject("last_poll", OffsetDateTime.class)),
                        instant(row.getObject("last_success", OffsetDateTime.class)),
                        row.getLong("backlog"),
                        row.getDouble("mails_per_second"),
                        row.getString("last_error")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}

package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;

/** The quarantine's side of a replay: an entry leaves when its bytes are durable elsewhere, and not before. */
@Singleton
public class QuarantineReplays {
    private final WriteTransaction transactions;
    private final Reader reader;

    QuarantineReplays(WriteTransaction transactions, Reader reader) {
        this.transactions = transactions;
        this.reader = reader;
    }

    /**
     * An entry that is replayed.
     *
     * @param id its id
     * @param token tells this replay from others
     * @param kept what was set aside, with the origin it had at the door
     */
    public record Started(UUID id, UUID token, SetAside kept) {}

    /** Starts the replay of an entry; empty if there is none, or none that the reader sees. */
    public Optional<Started> start(UUID id) {
        UUID token = UUID.randomUUID();
        Sql sql = new Sql("""
                UPDATE quarantine SET replay = ? WHERE id = ?
                RETURNING reason, detail, bytes, coalesce(first_receipt, receipt),
                    coalesce(first_received_at, received_at), channel, source, provenance, tenant""", token, id);
        return transactions.write(connection -> {
            if (!ReadTransaction.sees(connection, reader, QuarantineRows.one(id))) {
                return Optional.empty();
            }
            return ReadTransaction.list(connection, sql, row -> new Started(id, token, aside(row))).stream()
                    .findFirst();
        });
    }

    private static SetAside aside(ResultSet row) throws SQLException {
        Origin origin = new Origin(
                row.getObject(4, UUID.class),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                Channel.of(row.getString(6)),
                row.getString(7),
                Provenance.of(row.getString(8)),
                row.getString(9));
        return new SetAside(row.getString(1), row.getString(2), origin, row.getBytes(3));
    }

    /**
     * The bytes are durable as a report. The entry goes, unless they have come back to the quarantine since: a report
     * is stored without a policy that has no domain, and kept here for that policy.
     */
    public void accepted(Started replay) {
        transactions.update(new Sql("DELETE FROM quarantine WHERE id = ? AND replay = ?", replay.id(), replay.token()));
    }

    /**
     * The door refused the bytes again. The entry stays, with the reason it has now.
     *
     * @param reason kebab-case
     * @param detail one line for people
     */
    public void refused(Started replay, String reason, String detail) {
        UUID id = QuarantineRows.id(reason, replay.kept().bytes());
        transactions.write(connection -> {
            // The refusal itself may have brought the entry of the new reason already.
            int moved = WriteTransaction.update(connection, new Sql("""
                    UPDATE quarantine SET id = ?, reason = ?, detail = ?, replay = NULL WHERE id = ?
                    AND (id = ? OR NOT EXISTS (SELECT 1 FROM quarantine WHERE id = ?))""", id, reason, detail, replay.id(), id, id));
            return moved > 0 || id.equals(replay.id())
                    ? moved
                    : WriteTransaction.update(connection, new Sql("DELETE FROM quarantine WHERE id = ?", replay.id()));
        });
    }
}

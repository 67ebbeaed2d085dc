package dev.sealpost.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;

/** Takes out of the quarantine, and says how much is in it. */
@Singleton
@Unremovable
public class QuarantineRemoval {
    /** Entries in one transaction: their bytes are let go of as well. */
    private static final int STEP = 1_000;

    private final WriteTransaction transactions;
    private final ReadTransaction reading;
    private final Reader reader;

    QuarantineRemoval(WriteTransaction transactions, ReadTransaction reading, Reader reader) {
        this.transactions = transactions;
        this.reading = reading;
        this.reader = reader;
    }

    /**
     * What is in the quarantine.
     *
     * @param reports entries
     * @param bytes of all entries
     */
    public record Total(long reports, long bytes) {}

    /** Deletes an entry for good; false if there is none, or none that the reader sees. */
    public boolean delete(UUID id) {
        return transactions.write(connection -> ReadTransaction.sees(connection, reader, QuarantineRows.one(id))
                && WriteTransaction.update(connection, new Sql("DELETE FROM quarantine WHERE id = ?", id)) > 0);
    }

    /** Deletes all entries of a reason for good, and says how many. */
    public long deleteAll(String reason) {
        return inSteps(new Sql("reason = ?", reason));
    }

    /** Deletes what did not come again since, and says how many entries. */
    public long expire(Instant before) {
        return inSteps(new Sql("received_at < ?", before));
    }

    private long inSteps(Sql which) {
        long deleted = 0;
        int step;
        do {
            Sql sql = new Sql("DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine WHERE ")
                    .add(which)
                    .add(" ORDER BY received_at LIMIT ? FOR UPDATE SKIP LOCKED)", STEP);
            step = transactions.update(sql);
            deleted += step;
        } while (step == STEP);
        return deleted;
    }

    /** How many entries have a reason. */
    public long count(String reason) {
        return reading.list(new Sql("SELECT count(*) FROM quarantine WHERE reason = ?", reason), row -> row.getLong(1))
                .getFirst();
    }

    /** What all entries hold together. */
    public Total total() {
        Optional<Total> found = reading
                .list(
                        new Sql("SELECT reports, bytes FROM quarantine_total WHERE prefix = ''"),
                        row -> new Total(row.getLong(1), row.getLong(2)))
                .stream()
                .findFirst();
        return found.orElse(new Total(0, 0));
    }
}

package dev.sealpost.store;

import java.util.List;
import jakarta.inject.Singleton;

/** Which claimed domains have reports on the topic that the cap left there. */
@Singleton
public class ReplayTable {
    private static final String DUE = "SELECT domain, replay_due::text FROM watched_domain"
            + " WHERE replay_due IS NOT NULL ORDER BY replay_due LIMIT ?";

    private final ReadTransaction reading;
    private final WriteTransaction writing;

    ReplayTable(ReadTransaction reading, WriteTransaction writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /**
     * A claim.
     *
     * @param mark tells it from a later claim of the same domain
     */
    public record Due(String domain, String mark) {}

    /** The oldest claims whose reports were not read again yet, at most so many. */
    public List<Due> due(int limit) {
        return reading.list(new Sql(DUE, limit), row -> new Due(row.getString(1), row.getString(2)));
    }

    /**
     * Whether the cap left anything on the topic at all. Waits for batches that may have been judged before the claims:
     * what they leave there is known when this answers, and is on the topic already.
     */
    public boolean anythingLeft() {
        return writing.write(connection -> {
            Locks.hold(connection, Locks.JUDGING);
            return !ReadTransaction.list(
                            connection, new Sql("SELECT 1 FROM unclaimed_count WHERE over LIMIT 1"), row -> 1)
                    .isEmpty();
        });
    }

    /** Notes that the reports of these claims were read again. */
    public void done(List<Due> claims) {
        Bulk<Due> rows = new Bulk<Due>("watched_domain")
                .column("domain", "text", Due::domain)
                .column("mark", "text", Due::mark);
        writing.write(connection -> {
            Locks.hold(connection, Locks.DOMAINS);
            rows.run(
                    connection,
                    "UPDATE watched_domain w SET replay_due = NULL FROM " + rows.rows()
                            + " WHERE w.domain = u.domain AND w.replay_due = u.mark::timestamptz",
                    claims);
            return true;
        });
    }
}

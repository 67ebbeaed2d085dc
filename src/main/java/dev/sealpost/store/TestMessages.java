package dev.sealpost.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

/** Messages that are sent at once, for a person who waits: of a channel one each ten seconds, and twenty an hour. */
@Singleton
public class TestMessages {
    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int AN_HOUR = 20;

    private final WriteTransaction transactions;

    TestMessages(WriteTransaction transactions) {
        this.transactions = transactions;
    }

    /**
     * Keeps a message that is about to be sent, as one that nobody took.
     *
     * @return how long to wait, if there were too many just now; then nothing is kept
     */
    public Optional<Duration> begin(MessageRow message) {
        return transactions.write(connection -> {
            // One after the other, in all processes.
            ReadTransaction.list(
                    connection, new Sql("SELECT FROM channel WHERE id = ? FOR UPDATE", message.channel()), row -> true);
            Instant now = message.created();
            // Clocks differ, and one may have been wrong by days.
            Sql newest = new Sql(
                    "SELECT created_at FROM message WHERE channel = ? AND kind = 'test' AND created_at > ?"
                            + " AND created_at < ? ORDER BY created_at DESC LIMIT " + AN_HOUR,
                    message.channel(),
                    now.minus(HOUR),
                    now.plus(BETWEEN));
            List<Instant> before =
                    ReadTransaction.list(connection, newest, row -> ReportList.instant(row, "created_at"));
            Duration wait = wait(before, now);
            if (wait.isPositive()) {
                return Optional.of(wait);
            }
            WriteTransaction.update(connection, Outbox.insert(message));
            Sql begun = new Sql(
                    "UPDATE message SET state = 'gave-up', ended_at = ?, next_at = NULL, answer = 'no answer yet'"
                            + " WHERE id = ?",
                    now,
                    message.id());
            WriteTransaction.update(connection, begun);
            return Optional.empty();
        });
    }

    private static Duration wait(List<Instant> before, Instant now) {
        Instant next = before.isEmpty() ? now : before.getFirst().plus(BETWEEN);
        if (before.size() == AN_HOUR && before.getLast().plus(HOUR).isAfter(next)) {
            next = before.getLast().plus(HOUR);
        }
        return Duration.between(now, next);
    }

    /** What came of sending it. */
    public void end(UUID message, boolean delivered, Messages.Attempt attempt) {
        transactions.update(
                new Sql("UPDATE message SET state = ?, ended_at = ?", delivered ? "delivered" : "gave-up", attempt.at())
                        .add(Messages.after(attempt))
                        .add(" WHERE id = ?", message));
    }
}

package dev.sealpost.store;

import java.util.function.Consumer;
import java.util.function.Function;
import jakarta.inject.Singleton;

/** Changes alerts: what changes, its history and the word of it for the channels are one transaction. */
@Singleton
public class AlertBook {
    private final WriteTransaction writing;

    AlertBook(WriteTransaction writing) {
        this.writing = writing;
    }

    /** Changes something for a person. */
    public <T> T change(Function<AlertSession, T> work) {
        return writing.write(connection -> work.apply(new AlertSession(connection)));
    }

    /**
     * Writes what a round found, and takes its days off the queue: both or neither.
     *
     * @return false if the lease is not held any more, and nothing was written
     */
    public boolean conclude(AlertRounds.Lease lease, AlertRounds.Round round, Consumer<AlertSession> work) {
        return writing.write(connection -> {
            if (!AlertRounds.hold(connection, lease)) {
                return false;
            }
            work.accept(new AlertSession(connection));
            AlertRounds.finish(connection, round);
            return true;
        });
    }
}

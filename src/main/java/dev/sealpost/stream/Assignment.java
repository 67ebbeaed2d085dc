package dev.sealpost.stream;

import java.time.Clock;
import java.time.Duration;
import jakarta.inject.Singleton;

/** What this process knows of its part of the topics. */
@Singleton
public class Assignment {
    private static final long NONE = Long.MAX_VALUE;

    private final Clock clock;
    private volatile boolean known;
    private volatile int partitions;
    private volatile long oldest = NONE;

    Assignment(Clock clock) {
        this.clock = clock;
    }

    /** @param own how many partitions are this process's now */
    void joined(int own) {
        partitions = own;
        known = true;
    }

    int partitions() {
        return partitions;
    }

    /** @param millis when the oldest record in hand came onto the topic; {@link Long#MAX_VALUE} without one */
    void oldest(long millis) {
        oldest = millis;
    }

    /** Whether the group has told this process its partitions, be they none. */
    public boolean known() {
        return known;
    }

    /** How long the oldest letter that is read and not yet durable has been on its topic; zero without one. */
    Duration age() {
        long since = oldest;
        return since == NONE
                ? Duration.ZERO
                : Duration.ofMillis(Math.max(0, clock.instant().toEpochMilli() - since));
    }
}

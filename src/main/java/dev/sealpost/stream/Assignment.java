package dev.sealpost.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jakarta.inject.Singleton;

/** What this process knows of its part of the topics, all its memberships together. */
@Singleton
public class Assignment {
    private static final long NONE = Long.MAX_VALUE;

    private final Clock clock;
    private final List<Share> shares = new CopyOnWriteArrayList<>();

    Assignment(Clock clock) {
        this.clock = clock;
    }

    /** What one membership has. Written by its thread alone. */
    static final class Share {
        private volatile boolean known;
        private volatile int partitions;
        private volatile long oldest = NONE;

        private Share() {}

        /** @param own how many partitions are this membership's now */
        void joined(int own) {
            partitions = own;
            known = true;
        }

        /** @param millis when the oldest record in hand came onto the topic; {@link Long#MAX_VALUE} without one */
        void oldest(long millis) {
            oldest = millis;
        }
    }

    /** Begins a membership. */
    Share share() {
        Share share = new Share();
        shares.add(share);
        return share;
    }

    int partitions() {
        return shares.stream().mapToInt(share -> share.partitions).sum();
    }

    /** Whether the group has told this process its partitions, be they none. */
    public boolean known() {
        return shares.stream().anyMatch(share -> share.known);
    }

    /** How long the oldest letter that is read and not yet durable has been on its topic; zero without one. */
    Duration age() {
        long since = shares.stream().mapToLong(share -> share.oldest).min().orElse(NONE);
        return since == NONE
                ? Duration.ZERO
                : Duration.ofMillis(Math.max(0, clock.instant().toEpochMilli() - since));
    }
}

package dev.sealpost.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Longer and longer pauses between tries, for a day; some thirty of them. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration IN_ALL = Duration.ofHours(24);
    private static final int GROWTH = 3;
    private static final int MOST_STEPS = 8;

    /** A clock that jumped by a day gives nothing up that was hardly tried. */
    private static final int FEWEST_TRIES = 10;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * When to try again.
     *
     * @param failed how often it failed, this time included
     * @param later what the other side asked for; no more than the longest pause is given
     */
    Instant next(Instant now, int failed, Duration later) {
        long pause = FIRST.toMillis() * (long) Math.pow(GROWTH, Math.min(failed - 1, MOST_STEPS));
        long bounded = Math.min(Math.max(pause, later.toMillis()), LONGEST.toMillis());
        return now.plusMillis(bounded + random.nextLong(bounded / 4));
    }

    /** Whether it was tried long enough. */
    static boolean isOver(Instant created, Instant now, int failed) {
        return failed >= FEWEST_TRIES && !now.isBefore(created.plus(IN_ALL));
    }
}

package dev.sealpost.intake.mailbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Longer and longer pauses between tries, never two processes in step. A refused sign-in waits a minute at least. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FIRST_SIGN_IN = Duration.ofMinutes(1);
    private static final Duration LONGEST_SIGN_IN = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 10;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** It works again. */
    void reset() {
        failures = 0;
    }

    /** How long to wait after one more failure: from the whole pause to half as much again. */
    Duration next(MailTroubleException.Kind kind) {
        boolean signIn = kind == MailTroubleException.Kind.SIGN_IN;
        Duration pause = (signIn ? FIRST_SIGN_IN : FIRST).multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS));
        Duration most = signIn ? LONGEST_SIGN_IN : LONGEST;
        long millis = Math.min(pause.toMillis(), most.toMillis());
        return Duration.ofMillis(millis + random.nextLong(millis / 2));
    }
}

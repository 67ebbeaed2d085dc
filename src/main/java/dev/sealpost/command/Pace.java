package dev.sealpost.command;

import java.time.Duration;

/** Says on stderr how far something is: at once, and then every few seconds. */
final class Pace {
    private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

    private final String unit;
    private long next = System.nanoTime();

    /** @param unit what is counted, in the plural */
    Pace(String unit) {
        this.unit = unit;
    }

    void at(long count) {
        if (System.nanoTime() - next >= 0) {
            Progress.say(count + " " + unit);
            next = System.nanoTime() + INTERVAL;
        }
    }
}

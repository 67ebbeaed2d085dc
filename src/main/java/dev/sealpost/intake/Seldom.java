package dev.sealpost.intake;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one caller through in a time: what happens with each request of an outage is said now and then. Thread safe. */
final class Seldom {
    private final long pauseNanos;
    private final AtomicLong due = new AtomicLong(System.nanoTime());

    Seldom(Duration pause) {
        this.pauseNanos = pause.toNanos();
    }

    boolean say() {
        long now = System.nanoTime();
        long then = due.get();
        return now - then >= 0 && due.compareAndSet(then, now + pauseNanos);
    }
}

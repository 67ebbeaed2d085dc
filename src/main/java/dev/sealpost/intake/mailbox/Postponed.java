package dev.sealpost.intake.mailbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Mails that stay on the server to be tried again, each not before its time: five tries spread over some five hours, which
 * most troubles of the DNS do not outlast. Kept over connections; after a restart everything is tried at once. Thread safe.
 */
final class Postponed {
    /** Longer than answers of the DNS are kept. */
    private static final Duration FIRST = Duration.ofMinutes(2);

    private static final int FACTOR = 5;
    private static final Duration LONGEST = Duration.ofHours(6);

    private final Map<String, Long> until = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private volatile long validity;

    Postponed(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A mail was tried so often. */
    void tried(String key, int tries) {
        Duration pause = FIRST;
        for (int i = 1; i < tries && pause.compareTo(LONGEST) < 0; i++) {
            pause = pause.multipliedBy(FACTOR);
        }
        long nanos = Math.min(pause.toNanos(), LONGEST.toNanos());
        until.put(key, nanoTime.getAsLong() + nanos);
    }

    /**
     * Takes out what is not to be tried yet.
     *
     * @param keys all open ones of the folder
     * @param folder UIDVALIDITY; with another one they mean other mails
     * @return how many were taken out
     */
    int takeOut(List<String> keys, long folder) {
        if (folder != validity) {
            until.clear();
            validity = folder;
        }
        until.keySet().retainAll(Set.copyOf(keys));
        int before = keys.size();
        long now = nanoTime.getAsLong();
        keys.removeIf(key -> until.getOrDefault(key, now) - now > 0);
        return before - keys.size();
    }

    /** How long to wait for news: no longer than until the next of them may be tried. */
    Duration pause(Duration usual) {
        long now = nanoTime.getAsLong();
        return until.values().stream()
                .map(end -> Duration.ofNanos(Math.max(1, end - now)))
                .filter(left -> left.compareTo(usual) < 0)
                .min(Duration::compareTo)
                .orElse(usual);
    }
}

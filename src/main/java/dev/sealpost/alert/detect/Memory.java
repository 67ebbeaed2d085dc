package dev.sealpost.alert.detect;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What incidents remember from round to round. Whoever keeps it elsewhere loads what a round's findings may meet. Not thread-safe. */
public final class Memory {
    final Map<IncidentKey, Open> open = new HashMap<>();
    final Map<Series, Told> told = new HashMap<>();
    final Map<IncidentKey, TreeSet<Long>> causes = new TreeMap<>();

    /** The newest incident of a key. */
    record Open(UUID id, long lastDay) {}

    /** What is known of a series: its last finding, and the highest rate that was told. */
    record Told(UUID incident, long day, double rate) {}

    /**
     * Remembers the newest incident of a key.
     *
     * @param lastDay of its findings, in days since 1970-01-01 UTC
     */
    public void open(IncidentKey key, UUID id, long lastDay) {
        open.put(key, new Open(id, lastDay));
    }

    /**
     * Remembers that a series was told.
     *
     * @param day of its last finding
     * @param rate the highest that was told
     */
    public void told(Series series, UUID incident, long day, double rate) {
        told.put(series, new Told(incident, day, rate));
    }

    /** Remembers a day of a fault that explains what follows it. */
    public void cause(IncidentKey key, long day) {
        causes.computeIfAbsent(key, absent -> new TreeSet<>()).add(day);
    }

    /** Forgets such a day: it was none. */
    void forget(IncidentKey key, long day) {
        TreeSet<Long> known = causes.get(key);
        if (known != null) {
            known.remove(day);
        }
    }
}

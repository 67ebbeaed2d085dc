package dev.sealpost.aggregate;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Origin;
import dev.sealpost.store.Arrival;
import dev.sealpost.store.ReportStore;
import dev.sealpost.trace.ReportTraces;

/** Traces what a transaction did with each letter. */
@Singleton
class StoredTraces {
    private final ReportTraces traces;
    private final Clock clock;

    StoredTraces(ReportTraces traces, Clock clock) {
        this.traces = traces;
        this.clock = clock;
    }

    /** When a transaction begins. */
    Instant begin() {
        return clock.instant();
    }

    /** Tells of all letters of a transaction that is through. */
    void tell(List<ReadLetter> letters, ReportStore.Stored stored, Instant begin) {
        if (!traces.areOn()) {
            return;
        }
        Map<UUID, String> outcomes = new HashMap<>();
        put(outcomes, stored.inserted(), "stored");
        put(outcomes, stored.over(), "unclaimed-over");
        put(outcomes, stored.crowded(), "too-many-versions");
        for (ReadLetter letter : letters) {
            Origin origin = letter.letter().origin();
            String otherwise = letter.arrival() == null ? "quarantined" : "duplicate";
            traces.stored(origin, begin, outcomes.getOrDefault(origin.receipt(), otherwise));
        }
    }

    private static void put(Map<UUID, String> outcomes, List<Arrival> arrivals, String outcome) {
        arrivals.forEach(arrival -> outcomes.put(arrival.origin().receipt(), outcome));
    }
}

package dev.sealpost.aggregate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jakarta.inject.Singleton;

import dev.sealpost.store.Arrival;
import dev.sealpost.store.ReportStore;
import dev.sealpost.store.Schema;
import dev.sealpost.store.SetAside;
import dev.sealpost.store.StoreUnavailableException;

/** Stores what was read of letters: reports, and for the quarantine what cannot be counted. */
@Singleton
class BatchWriter {
    private final Schema schema;
    private final ReportStore store;
    private final StoredMetrics metrics;
    private final DomainGate gate;
    private final StoredTraces traces;

    BatchWriter(Schema schema, ReportStore store, StoredMetrics metrics, DomainGate gate, StoredTraces traces) {
        this.schema = schema;
        this.store = store;
        this.metrics = metrics;
        this.gate = gate;
        this.traces = traces;
    }

    /** Stores letters that were read; each goes in as it is or not at all. */
    void write(List<ReadLetter> letters) {
        if (!schema.isCurrent()) {
            throw new StoreUnavailableException("its tables are not up to date yet");
        }
        List<Arrival> arrivals = new ArrayList<>();
        List<SetAside> aside = new ArrayList<>();
        for (ReadLetter letter : letters) {
            if (letter.arrival() != null) {
                arrivals.add(letter.arrival());
            }
            if (letter.aside() != null) {
                aside.add(letter.aside());
            }
        }
        Instant begin = traces.begin();
        ReportStore.Stored stored = store.store(gate.attributed(arrivals), gate.attributedAside(aside), gate.limits());
        metrics.count(stored, arrivals.size());
        traces.tell(letters, stored, begin);
    }
}

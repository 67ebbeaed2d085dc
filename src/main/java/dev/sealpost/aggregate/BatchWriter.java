package dev.sealpost.aggregate;

import java.util.ArrayList;
import java.util.List;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Origin;
import dev.sealpost.report.Readable;
import dev.sealpost.report.Rejection;
import dev.sealpost.report.ReportReader;
import dev.sealpost.store.Arrival;
import dev.sealpost.store.ReportStore;
import dev.sealpost.store.Schema;
import dev.sealpost.store.SetAside;
import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.stream.Letter;

/** Makes of letters what is stored: reports, and what cannot be counted for the quarantine. */
@Singleton
class BatchWriter {
    private final ReportReader reader;
    private final Schema schema;
    private final ReportStore store;
    private final StoredMetrics metrics;
    private final DomainGate gate;

    BatchWriter(ReportReader reader, Schema schema, ReportStore store, StoredMetrics metrics, DomainGate gate) {
        this.reader = reader;
        this.schema = schema;
        this.store = store;
        this.metrics = metrics;
        this.gate = gate;
    }

    void write(List<Letter> letters) {
        if (!schema.isCurrent()) {
            throw new StoreUnavailableException("its tables are not up to date yet");
        }
        List<Arrival> arrivals = new ArrayList<>();
        List<SetAside> aside = new ArrayList<>();
        for (Letter letter : letters) {
            switch (letter) {
                case Letter.DeadLetter dead ->
                    aside.add(new SetAside(dead.reason(), dead.detail(), dead.origin(), dead.value()));
                case Letter.ReportLetter report -> read(report, arrivals, aside);
            }
        }
        ReportStore.Stored stored = store.store(gate.attributed(arrivals), aside, gate.limits());
        metrics.count(stored, arrivals.size());
    }

    private void read(Letter.ReportLetter letter, List<Arrival> arrivals, List<SetAside> aside) {
        Origin origin = letter.origin();
        switch (reader.read(letter.value())) {
            case Rejection no -> aside.add(new SetAside(no.reason().label(), no.detail(), origin, letter.value()));
            case Readable readable -> {
                List<String> domains = PolicyDomains.of(readable.report(), origin.claims());
                arrivals.add(new Arrival(readable.report(), origin, letter.value(), domains));
                // One bad policy does not sink the others: they count, and the report is kept for the day its
                // domain is known.
                long lost = domains.stream().filter(String::isEmpty).count();
                if (lost > 0) {
                    String detail = lost + " of " + domains.size() + " policies without a domain, the first is number "
                            + (domains.indexOf("") + 1);
                    aside.add(new SetAside("no-policy-domain", detail, origin, letter.value()));
                }
            }
        }
    }
}

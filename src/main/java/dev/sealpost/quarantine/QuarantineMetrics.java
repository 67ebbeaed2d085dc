package dev.sealpost.quarantine;

import java.util.concurrent.atomic.AtomicReference;
import jakarta.inject.Singleton;

import dev.sealpost.store.Dropped;
import dev.sealpost.store.QuarantineRemoval;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the quarantine holds, and what it gave up to keep its bounds. */
@Singleton
public class QuarantineMetrics {
    private final Counter source;
    private final Counter total;
    private final Counter age;
    private final AtomicReference<QuarantineRemoval.Total> held =
            new AtomicReference<>(new QuarantineRemoval.Total(0, 0));

    QuarantineMetrics(MeterRegistry metrics) {
        this.source = metrics.counter("sealpost.quarantine.dropped", "why", "source");
        this.total = metrics.counter("sealpost.quarantine.dropped", "why", "total");
        this.age = metrics.counter("sealpost.quarantine.dropped", "why", "age");
        metrics.gauge(
                "sealpost.quarantine.reports", held, all -> (double) all.get().reports());
        metrics.gauge(
                "sealpost.quarantine.bytes", held, all -> (double) all.get().bytes());
    }

    /** Counts what went for its bounds, after the transaction. */
    public void dropped(Dropped dropped) {
        source.increment((double) dropped.source());
        total.increment((double) dropped.total());
    }

    void expired(long entries) {
        age.increment((double) entries);
    }

    void holds(QuarantineRemoval.Total all) {
        held.set(all);
    }
}

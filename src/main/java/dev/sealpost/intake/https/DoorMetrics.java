package dev.sealpost.intake.https;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts connections that the door did not want. Every series exists from the start. */
@Singleton
class DoorMetrics {
    private static final String CUT = "sealpost.intake.connections.cut";
    private static final String REFUSED = "sealpost.intake.connections.refused";

    private final MeterRegistry metrics;

    DoorMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        for (Cut why : Cut.values()) {
            metrics.counter(CUT, "deadline", why.label());
        }
        metrics.counter(REFUSED);
    }

    void cut(Cut why) {
        metrics.counter(CUT, "deadline", why.label()).increment();
    }

    void refusedConnection() {
        metrics.counter(REFUSED).increment();
    }
}

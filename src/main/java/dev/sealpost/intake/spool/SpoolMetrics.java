package dev.sealpost.intake.spool;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;

/** What the spool holds, and since when. */
@Singleton
@Startup
class SpoolMetrics {
    SpoolMetrics(MeterRegistry metrics, Spool spool, Clock clock) {
        Gauge.builder("sealpost.spool.reports", spool, Spool::reports)
                .description("Reports that wait on disk for the broker")
                .register(metrics);
        Gauge.builder("sealpost.spool.bytes", spool, Spool::bytes)
                .description("Bytes of the spool on disk")
                .register(metrics);
        Gauge.builder("sealpost.spool.max.bytes", spool, Spool::maxBytes)
                .description("Bytes that the spool may take")
                .register(metrics);
        Gauge.builder("sealpost.spool.oldest.seconds", spool, queue -> seconds(queue, clock))
                .description("How long the oldest report has waited")
                .register(metrics);
    }

    private static double seconds(Spool spool, Clock clock) {
        Instant oldest = spool.oldest();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1_000.0);
    }
}

package dev.sealpost.notify;

import java.util.List;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts attempts to deliver; all series are there from the start. */
@Singleton
class NotifyMetrics {
    private final MeterRegistry registry;

    NotifyMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (ChannelType type : ChannelType.values()) {
            List.of("delivered", "retried", "gave-up").forEach(outcome -> count(type, outcome, 0));
        }
    }

    void delivered(ChannelType type) {
        count(type, "delivered", 1);
    }

    void retried(ChannelType type) {
        count(type, "retried", 1);
    }

    void gaveUp(ChannelType type) {
        count(type, "gave-up", 1);
    }

    private void count(ChannelType type, String outcome, int times) {
        registry.counter("sealpost.deliveries", "type", type.label(), "outcome", outcome)
                .increment(times);
    }
}

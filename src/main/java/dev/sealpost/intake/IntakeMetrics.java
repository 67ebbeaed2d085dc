package dev.sealpost.intake;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Channel;
import dev.sealpost.report.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts at the door: each report is received, and then accepted, spooled or rejected. Every series exists from the start, so that an alert can tell 0 from absence. */
@Singleton
class IntakeMetrics {
    /** A report that nothing durable could take. */
    static final String UNAVAILABLE = "unavailable";

    /** Junk, or a report of no watched domain, from a source over its budget. */
    static final String OVER_BUDGET = "over-budget";

    private static final String LOST = "sealpost.quarantine.lost";

    private final MeterRegistry metrics;
    private final Map<Channel, Counter> received = new EnumMap<>(Channel.class);
    private final Map<Channel, Counter> accepted = new EnumMap<>(Channel.class);
    private final Map<Channel, Counter> spooled = new EnumMap<>(Channel.class);

    IntakeMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        for (Channel channel : Channel.values()) {
            received.put(channel, metrics.counter("sealpost.reports.received", "channel", channel.label()));
            accepted.put(channel, metrics.counter("sealpost.reports.accepted", "channel", channel.label()));
            spooled.put(channel, metrics.counter("sealpost.reports.spooled", "channel", channel.label()));
        }
        for (Reason reason : Reason.values()) {
            metrics.counter("sealpost.reports.rejected", "reason", reason.label());
        }
        metrics.counter("sealpost.reports.rejected", "reason", UNAVAILABLE);
        metrics.counter("sealpost.reports.rejected", "reason", OVER_BUDGET);
        metrics.counter(LOST);
    }

    void received(Channel channel) {
        count(received, channel);
    }

    void accepted(Channel channel) {
        count(accepted, channel);
    }

    void spooled(Channel channel) {
        count(spooled, channel);
    }

    private static void count(Map<Channel, Counter> counters, Channel channel) {
        Objects.requireNonNull(counters.get(channel), "every channel has one").increment();
    }

    /** Bytes that held no report, and that nothing could keep. */
    void lost() {
        metrics.counter(LOST).increment();
    }

    void rejected(String reason) {
        metrics.counter("sealpost.reports.rejected", "reason", reason).increment();
    }
}

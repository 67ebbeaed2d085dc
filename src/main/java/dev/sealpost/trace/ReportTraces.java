package dev.sealpost.trace;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Origin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Tells a collector of traces what becomes of a report: one span of the door, one of each transaction that stored it. The
 * trace's id is the receipt. Nothing of OpenTelemetry is loaded while no collector is named. Keys in addresses and peers are
 * never told.
 */
@Singleton
public class ReportTraces {
    private final Clock clock;
    private final double share;
    private final @Nullable TraceExport export;

    ReportTraces(
            TracingConfig config,
            Clock clock,
            @ConfigProperty(name = "standalone.instance", defaultValue = "none") String instance) {
        if (!(config.share() >= 0 && config.share() <= 1)) {
            throw new IllegalArgumentException("sealpost.tracing.share: must be 0 to 1, and is " + config.share());
        }
        this.clock = clock;
        this.share = config.share();
        this.export = config.endpoint()
                .map(endpoint -> new TraceExport(checked(endpoint), instance))
                .orElse(null);
    }

    private static URI checked(URI endpoint) {
        if (!("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
                || endpoint.getHost() == null) {
            throw new IllegalArgumentException("sealpost.tracing.endpoint: '" + endpoint
                    + "' is no address, allowed are such as http://collector.example.org:4318/v1/traces");
        }
        return endpoint;
    }

    /** Whether anything is traced at all. */
    public boolean areOn() {
        return export != null;
    }

    /**
     * Tells that a door is through with a report.
     *
     * @param outcome kebab-case: where it is durable now
     */
    public void taken(Origin origin, String outcome) {
        if (export != null && isTraced(origin.receipt())) {
            export.door(origin, outcome, clock.instant());
        }
    }

    /**
     * Tells that a transaction is through with a report.
     *
     * @param begin when the transaction began
     * @param outcome kebab-case: what it did with the report
     */
    public void stored(Origin origin, Instant begin, String outcome) {
        if (export != null && isTraced(origin.receipt())) {
            export.store(origin, outcome, begin, clock.instant());
        }
    }

    /** By the receipt's random first bits, so that all processes choose alike. */
    private boolean isTraced(UUID receipt) {
        return (receipt.getMostSignificantBits() >>> 32) < share * (1L << 32);
    }

    @PreDestroy
    void close() {
        if (export != null) {
            export.close();
        }
    }
}

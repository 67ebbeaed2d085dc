package dev.sealpost.aggregate;

import java.util.Arrays;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Channel;
import dev.sealpost.quarantine.QuarantineMetrics;
import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Policy;
import dev.sealpost.store.Arrival;
import dev.sealpost.store.NameKind;
import dev.sealpost.store.ReportStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** Counts what was stored, as metrics; labels come from closed sets only. */
@Singleton
class StoredMetrics {
    private final MeterRegistry metrics;
    private final Counter stored;
    private final Counter duplicates;
    private final Counter crowded;
    private final Counter uncounted;
    private final Counter successful;
    private final Counter failed;
    private final QuarantineMetrics quarantine;
    private final DomainMetrics domains;

    StoredMetrics(MeterRegistry metrics, QuarantineMetrics quarantine, DomainMetrics domains) {
        this.domains = domains;
        this.metrics = metrics;
        this.quarantine = quarantine;
        this.stored = metrics.counter("sealpost.reports.stored");
        this.duplicates = metrics.counter("sealpost.reports.duplicate");
        this.crowded = metrics.counter("sealpost.reports.crowded");
        this.uncounted = metrics.counter("sealpost.domains.uncounted");
        this.successful = metrics.counter("sealpost.sessions", "outcome", "successful");
        this.failed = metrics.counter("sealpost.sessions", "outcome", "failed");
        Arrays.asList(Channel.values()).forEach(this::over);
        Arrays.asList(NameKind.values()).forEach(this::capped);
    }

    /** Reports of unclaimed domains that are left on the topic. */
    private Counter over(Channel channel) {
        return metrics.counter("sealpost.reports.unclaimed.cap", "channel", channel.label());
    }

    /** Names of unverified reports that are counted as others. */
    private Counter capped(NameKind kind) {
        return metrics.counter("sealpost.names.capped", "kind", kind.label());
    }

    /** Counts a batch after its transaction. */
    void count(ReportStore.Stored batch, int arrivals) {
        quarantine.dropped(batch.dropped());
        stored.increment(batch.inserted().size());
        crowded.increment(batch.crowded().size());
        uncounted.increment((double) batch.uncounted());
        duplicates.increment(arrivals
                - batch.inserted().size()
                - batch.over().size()
                - batch.crowded().size());
        batch.over().forEach(arrival -> over(arrival.origin().channel()).increment());
        batch.capped().forEach((kind, names) -> capped(kind).increment(names));
        domains.count(batch.inserted());
        for (Arrival arrival : batch.inserted()) {
            for (Policy policy : arrival.report().policies()) {
                successful.increment(orZero(policy.totalSuccessfulSessionCount()));
                failed.increment(orZero(policy.totalFailureSessionCount()));
                policy.failureDetails().forEach(this::count);
            }
        }
    }

    private void count(FailureDetail detail) {
        String label = DomainMetrics.label(detail.resultType());
        metrics.counter("sealpost.failures", "result_type", label).increment(orZero(detail.failedSessionCount()));
    }

    private static double orZero(@Nullable Long count) {
        return count == null ? 0 : count.doubleValue();
    }
}

package dev.sealpost.aggregate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.report.DomainName;
import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Policy;
import dev.sealpost.report.ResultType;
import dev.sealpost.store.Arrival;
import dev.sealpost.watch.WatchedDomains;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and failures of each watched domain, for people's own alerting rules. A domain has two series of sessions and
 * at most thirteen of failures; where more domains are watched than the setting says there are none at all.
 */
@Singleton
class DomainMetrics {
    private static final String DOMAIN = "domain";

    private final MeterRegistry metrics;
    private final LongSupplier number;
    private final Predicate<String> watched;
    private final int most;

    /** The series there are, by domain. Guarded by this. */
    private final Map<String, List<Meter>> series = new HashMap<>();

    @Inject
    DomainMetrics(MeterRegistry metrics, WatchedDomains watched, MetricsConfig config) {
        this(metrics, watched::count, domain -> watched.contains(new DomainName(domain)), config.domains());
    }

    /**
     * @param number how many domains are watched
     * @param watched whether one is
     * @param most number of domains that have series
     */
    DomainMetrics(MeterRegistry metrics, LongSupplier number, Predicate<String> watched, int most) {
        this.metrics = metrics;
        this.number = number;
        this.watched = watched;
        this.most = most;
        if (most < 0 || most > 100_000) {
            throw new IllegalArgumentException("sealpost.metrics.domains: must be 0 to 100000");
        }
    }

    /** Counts reports that are stored for the first time. */
    synchronized void count(List<Arrival> arrivals) {
        if (number.getAsLong() > most) {
            List.copyOf(series.keySet()).forEach(this::forget);
            return;
        }
        for (Arrival arrival : arrivals) {
            List<Policy> policies = arrival.report().policies();
            for (int i = 0; i < policies.size(); i++) {
                String domain = arrival.domains().get(i);
                if (isWatched(domain)) {
                    count(domain, policies.get(i));
                }
            }
        }
        if (series.size() > most) {
            series.keySet().stream()
                    .filter(domain -> !isWatched(domain))
                    .toList()
                    .forEach(this::forget);
        }
    }

    private boolean isWatched(String domain) {
        return !domain.isEmpty() && watched.test(domain);
    }

    private void count(String domain, Policy policy) {
        sessions(domain, "successful", policy.totalSuccessfulSessionCount());
        sessions(domain, "failed", policy.totalFailureSessionCount());
        for (FailureDetail detail : policy.failureDetails()) {
            add(
                    "sealpost.domain.failures",
                    domain,
                    "result_type",
                    label(detail.resultType()),
                    detail.failedSessionCount());
        }
    }

    private void sessions(String domain, String outcome, @Nullable Long sessions) {
        add("sealpost.domain.sessions", domain, "outcome", outcome, sessions);
    }

    private void add(String name, String domain, String label, String value, @Nullable Long amount) {
        io.micrometer.core.instrument.Counter counter = metrics.counter(name, DOMAIN, domain, label, value);
        List<Meter> all = series.computeIfAbsent(domain, first -> new ArrayList<>());
        if (!all.contains(counter)) {
            all.add(counter);
        }
        counter.increment(amount == null ? 0 : amount.doubleValue());
    }

    /** A result type as a label: a registered one, or one word for all others. */
    static String label(@Nullable ResultType type) {
        return type == null ? "unspecified" : type.registered() ? type.value() : "other";
    }

    private void forget(String domain) {
        List<Meter> all = series.remove(domain);
        if (all != null) {
            all.forEach(metrics::remove);
        }
    }
}

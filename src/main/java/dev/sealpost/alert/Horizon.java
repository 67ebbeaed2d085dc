package dev.sealpost.alert;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import jakarta.inject.Singleton;

import dev.sealpost.report.DomainName;
import dev.sealpost.store.AlertRounds;
import dev.sealpost.store.AlertsConfig;
import dev.sealpost.watch.WatchedDomains;

/** Which days of which domains are judged: of watched ones, and not the old ones. */
@Singleton
class Horizon {
    private final AlertsConfig config;
    private final WatchedDomains watched;
    private final Clock clock;

    Horizon(AlertsConfig config, WatchedDomains watched, Clock clock) {
        this.config = config;
        this.watched = watched;
        this.clock = clock;
        if (config.horizonDays() < 1 || config.horizonDays() > 60) {
            throw new IllegalArgumentException("sealpost.alerts.horizon-days: must be 1 to 60");
        }
        if (config.settle().isNegative()) {
            throw new IllegalArgumentException("sealpost.alerts.settle: must not be negative, for example PT15M");
        }
    }

    LocalDate today() {
        return Days.today(clock);
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether a domain is watched. */
    boolean watches(String domain) {
        return watched.contains(new DomainName(domain));
    }

    /** What a round is to judge, by domain. */
    Map<String, Span> spans(AlertRounds.Round round) {
        LocalDate today = today();
        LocalDate oldest = today.minusDays(config.horizonDays() - 1L);
        Map<String, Span> spans = new TreeMap<>();
        for (AlertRounds.Touched touched : round.days()) {
            if (!touched.day().isBefore(oldest) && !touched.day().isAfter(today) && watches(touched.domain())) {
                spans.merge(touched.domain(), Span.of(touched.day(), today), Span::and);
            }
        }
        return spans;
    }
}

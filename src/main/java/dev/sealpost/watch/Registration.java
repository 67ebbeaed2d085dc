package dev.sealpost.watch;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import jakarta.inject.Singleton;

import dev.sealpost.access.Tenant;
import dev.sealpost.http.Problem;
import dev.sealpost.report.DomainName;
import dev.sealpost.store.WatchedTable;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Registers domains and ends registrations. Whether a domain is unclaimed is asked, never stored: nothing moves. */
@Singleton
class Registration {
    private static final int MAX_HOSTS = 100;

    private final WatchedDomains watched;
    private final WatchedTable table;
    private final Clock clock;

    Registration(WatchedDomains watched, WatchedTable table, Clock clock) {
        this.watched = watched;
        this.table = table;
        this.clock = clock;
    }

    /**
     * What is said of a domain; null leaves it as it was.
     *
     * @param mxHosts the hosts that take its mail
     * @param tenant whose it is
     */
    @Schema(name = "DomainRegistration")
    record Wanted(
            @Nullable List<@Nullable String> mxHosts,
            @Nullable String tenant) {
        static final Wanted NOTHING = new Wanted(null, null);
    }

    /** Registers a domain or changes it; whether it is new. */
    boolean put(DomainName domain, Wanted wanted) {
        return table.put(
                domain.value(),
                Optional.ofNullable(wanted.tenant).map(Tenant::check),
                Optional.ofNullable(wanted.mxHosts).map(Registration::hosts),
                !watched.always(domain.value()),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private static List<String> hosts(List<@Nullable String> texts) {
        if (texts.size() > MAX_HOSTS) {
            throw Problem.badParameter("mxHosts", "a domain may have " + MAX_HOSTS + " hosts", List.of())
                    .exception();
        }
        return texts.stream()
                .map(text -> Optional.ofNullable(text)
                        .flatMap(DomainName::parse)
                        .map(DomainName::value)
                        .orElseThrow(() -> Problem.badParameter(
                                        "mxHosts", "mxHosts must be names such as mx1.example.com", List.of())
                                .exception()))
                .distinct()
                .toList();
    }

    /** Ends a registration; whether there was one. */
    boolean remove(DomainName domain) {
        if (watched.isConfigured(domain.value())) {
            throw Problem.of(
                            409,
                            "configured",
                            domain.value()
                                    + " is watched by the setting sealpost.watch.domains (SEALPOST_WATCH_DOMAINS);"
                                    + " take it out there")
                    .exception();
        }
        return table.remove(domain.value());
    }
}

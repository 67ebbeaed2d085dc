package dev.sealpost.watch;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jakarta.inject.Singleton;

import dev.sealpost.access.Caller;
import dev.sealpost.access.Tenant;
import dev.sealpost.http.Problem;
import dev.sealpost.http.ProblemException;
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
    private final Caller caller;
    private final Clock clock;

    Registration(WatchedDomains watched, WatchedTable table, Caller caller, Clock clock) {
        this.watched = watched;
        this.table = table;
        this.caller = caller;
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
        Optional<List<String>> hosts = Optional.ofNullable(wanted.mxHosts).map(Registration::hosts);
        caller.binding().ifPresent(binding -> {
            owned(domain);
            if (wanted.tenant != null && !wanted.tenant.equals(binding.tenant())) {
                throw Problem.badParameter("tenant", "your domains stay yours", List.of(binding.tenant()))
                        .exception();
            }
            hosts.orElse(List.of()).forEach(this::ownHost);
        });
        return table.put(
                domain.value(),
                Optional.ofNullable(wanted.tenant).map(Tenant::check),
                hosts,
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

    /** What is registered for another tenant is as if it were not there; the table shows a caller no others than its own. */
    private WatchedTable.Watched owned(DomainName domain) {
        if (!watched.isSeen(domain.value())) {
            throw unknown();
        }
        return table.find(List.of(domain.value())).stream().findFirst().orElseThrow(Registration::unknown);
    }

    /** Reports about a host count for the domain it is said to serve, so nobody names another's. */
    private void ownHost(String host) {
        List<String> above = new ArrayList<>(List.of(host));
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            above.add(host.substring(dot + 1));
        }
        if (table.find(above).isEmpty()) {
            throw Problem.badParameter(
                            "mxHosts", "mxHosts must be below your domains; ask the operator for others", List.of())
                    .exception();
        }
    }

    static ProblemException unknown() {
        return Problem.of(404, "not-found", "this domain is not registered").exception();
    }

    /**
     * Ends a registration.
     *
     * @return the tenant it was for
     * @throws ProblemException if there was none
     */
    String remove(DomainName domain) {
        boolean configured = watched.isConfigured(domain.value());
        if (configured && caller.binding().isEmpty()) {
            throw Problem.of(
                            409,
                            "configured",
                            domain.value()
                                    + " is watched by the setting sealpost.watch.domains (SEALPOST_WATCH_DOMAINS);"
                                    + " take it out there")
                    .exception();
        }
        String tenant = owned(domain).tenant();
        if (!table.remove(domain.value())) {
            throw unknown();
        }
        return tenant;
    }
}

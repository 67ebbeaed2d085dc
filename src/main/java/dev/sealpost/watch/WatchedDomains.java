package dev.sealpost.watch;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.report.DomainName;
import dev.sealpost.store.DomainScope;
import io.quarkus.runtime.Startup;

/** Answers which domains are watched. */
@Singleton
@Startup // a wrong domain stops the start, not the first request
public class WatchedDomains {
    private final SortedSet<String> registered;
    private final boolean auto;

    @Inject
    WatchedDomains(WatchConfig config) {
        this(config.domains().orElse(List.of()), config.auto());
    }

    WatchedDomains(List<String> domains, boolean auto) {
        this.registered = domains.stream().map(WatchedDomains::read).collect(Collectors.toCollection(TreeSet::new));
        this.auto = auto;
    }

    private static String read(String text) {
        return DomainName.parse(text)
                .map(DomainName::value)
                .orElseThrow(() -> new IllegalArgumentException(
                        "sealpost.watch.domains: '" + text + "' is no domain, allowed are names such as example.com"));
    }

    /** Whether a domain is watched. */
    public boolean contains(DomainName domain) {
        return auto || registered.contains(domain.value());
    }

    /** The state of a domain. */
    public WatchState state(String domain) {
        return auto || registered.contains(domain) ? WatchState.WATCHED : WatchState.UNCLAIMED;
    }

    /** The registered domains, reported or not, in order. */
    public SortedSet<String> registered() {
        return new TreeSet<>(registered);
    }

    /** The domains of a state; all if none is asked for. */
    public DomainScope scope(Optional<WatchState> state) {
        return state.<DomainScope>map(wanted -> switch (wanted) {
                    case WATCHED -> auto ? new DomainScope.All() : new DomainScope.Only(registered);
                    case UNCLAIMED -> auto ? new DomainScope.Only(new TreeSet<>()) : new DomainScope.Except(registered);
                })
                .orElseGet(DomainScope.All::new);
    }
}

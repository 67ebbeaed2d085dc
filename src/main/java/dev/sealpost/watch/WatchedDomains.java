package dev.sealpost.watch;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.report.DomainName;
import dev.sealpost.store.DomainScope;
import dev.sealpost.store.Reader;
import dev.sealpost.store.UnclaimedLimits;
import dev.sealpost.store.WatchedTable;
import io.quarkus.runtime.Startup;

/** Answers which domains are watched: those of the setting, and those registered over the API. */
@Singleton
@Startup // a wrong domain stops the start, not the first request
public class WatchedDomains {
    /** Of a tenant with more domains, questions go through the rows of all days asked for. */
    private static final int MOST_NAMES = 2_000;

    private final SortedSet<String> configured;
    private final boolean auto;
    private final long perDay;
    private final RegisteredDomains registered;
    private final WatchedTable table;
    private final Reader reader;

    @Inject
    WatchedDomains(WatchConfig config, RegisteredDomains registered, WatchedTable table, Reader reader) {
        this.configured = config.domains().orElse(List.of()).stream()
                .map(WatchedDomains::read)
                .collect(Collectors.toCollection(TreeSet::new));
        this.auto = config.auto();
        this.perDay = config.unclaimed().perDay();
        this.registered = registered;
        this.table = table;
        this.reader = reader;
        if (perDay < 0) {
            throw new IllegalArgumentException("sealpost.watch.unclaimed.per-day: must be 0 or more");
        }
    }

    private static String read(String text) {
        return DomainName.parse(text)
                .map(DomainName::value)
                .orElseThrow(() -> new IllegalArgumentException(
                        "sealpost.watch.domains: '" + text + "' is no domain, allowed are names such as example.com"));
    }

    /** Whether a domain is watched, as far as is known here: at most a second late, and without the database. */
    public boolean contains(DomainName domain) {
        return always(domain.value()) || registered.contains(domain.value());
    }

    /** How many domains are watched, as far as is known here; no number is large enough where all are. */
    public long count() {
        return auto ? Long.MAX_VALUE : (long) configured.size() + registered.size();
    }

    /** Whether a domain is watched by a setting, whatever is registered. */
    public boolean always(String domain) {
        return auto || configured.contains(domain);
    }

    /** Whether the setting names the domain. */
    boolean isConfigured(String domain) {
        return configured.contains(domain);
    }

    /** The domains of the setting that the caller sees, in order. */
    SortedSet<String> configured() {
        SortedSet<String> seen = new TreeSet<>(configured);
        reader.bounds().ifPresent(bounds -> seen.removeIf(domain -> !Sight.sees(bounds, domain)));
        return seen;
    }

    /** Whether the caller may see the domain, if there is anything to be seen. */
    boolean isSeen(String domain) {
        return reader.bounds()
                .map(bounds -> Sight.sees(bounds, domain)
                        || (isAmong(bounds, domain)
                                && !table.find(List.of(domain)).isEmpty()))
                .orElse(true);
    }

    private static boolean isAmong(Reader.Bounds bounds, String domain) {
        return bounds.only().isEmpty() || bounds.only().contains(domain);
    }

    /** How many reports of other domains are stored. */
    public UnclaimedLimits limits() {
        return new UnclaimedLimits(this::always, this::isConfigured, perDay);
    }

    /**
     * The domains of a state, all if none is asked for, and of those named only if any is; never others than the caller
     * sees, to whom what he does not see is as if it were not there.
     *
     * @throws dev.sealpost.store.StoreUnavailableException if the database has to be asked and cannot answer
     */
    public DomainScope scope(Optional<WatchState> state, Collection<String> named) {
        Optional<Reader.Bounds> bounds = reader.bounds();
        if (bounds.isPresent()) {
            return scope(bounds.get(), state, named);
        }
        if (state.isEmpty()) {
            return named.isEmpty() ? new DomainScope.All() : new DomainScope.Only(Set.copyOf(named));
        }
        boolean wanted = state.get() == WatchState.WATCHED;
        if (named.isEmpty()) {
            if (auto) {
                return wanted ? new DomainScope.All() : new DomainScope.Only(Set.of());
            }
            return wanted ? new DomainScope.Watched(configured) : new DomainScope.Unclaimed(configured);
        }
        Set<String> watched = new HashSet<>();
        named.stream().filter(this::always).forEach(watched::add);
        if (watched.size() < named.size()) {
            table.find(named).forEach(each -> watched.add(each.domain()));
        }
        return new DomainScope.Only(
                named.stream().filter(name -> watched.contains(name) == wanted).collect(Collectors.toSet()));
    }

    private DomainScope scope(Reader.Bounds bounds, Optional<WatchState> state, Collection<String> named) {
        if (state.equals(Optional.of(WatchState.UNCLAIMED))) {
            return new DomainScope.Only(Set.of());
        }
        if (named.isEmpty()) {
            DomainScope scope = Sight.scope(bounds);
            return scope instanceof DomainScope.Owned owned && !owned.allUnregistered()
                    ? table.ofTenant(owned.tenant(), owned.own(), MOST_NAMES)
                            .<DomainScope>map(owned::named)
                            .orElse(owned)
                    : scope;
        }
        // The table shows no registrations but the tenant's.
        Set<String> seen = new HashSet<>();
        table.find(named).forEach(each -> seen.add(each.domain()));
        seen.removeIf(domain -> !isAmong(bounds, domain));
        named.stream().filter(domain -> Sight.sees(bounds, domain)).forEach(seen::add);
        return new DomainScope.Only(seen);
    }
}

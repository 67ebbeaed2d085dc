package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sealpost.alert.detect.History;
import dev.sealpost.alert.detect.Pool;
import dev.sealpost.alert.detect.Surroundings;
import dev.sealpost.store.PoolDays;
import dev.sealpost.store.SeriesDays;

/** What a round knows of the world outside a domain, out of the tables and within bounds. Not thread-safe. */
final class TableSurroundings implements Surroundings {
    private static final Pool EMPTY = new Pool();

    /** Other domains of a reporter that are asked, those with most sessions; more would say no more. */
    private static final int DOMAINS = 100;

    private static final int RECENT_DAYS = 7;
    private static final int REPORTERS_KEPT = 50;

    private final Pools pools;
    private final Set<String> candidates;
    private final SeriesDays days;
    private final PoolDays sums;
    private final LocalDate today;
    private Loaded piece = new Loaded();

    private final Map<String, List<History>> ofReporters = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<History>> eldest) {
            return size() > REPORTERS_KEPT;
        }
    };

    /** @param candidates other domains that may be asked */
    TableSurroundings(Pools pools, Set<String> candidates, SeriesDays days, PoolDays sums, LocalDate today) {
        this.pools = pools;
        this.candidates = candidates;
        this.days = days;
        this.sums = sums;
        this.today = today;
    }

    /** Goes on with these domains. */
    void enter(Loaded next) {
        piece = next;
    }

    @Override
    public Pool everywhere() {
        return pools.everywhere();
    }

    @Override
    public Pool reporter(String organization) {
        return pools.reporters().getOrDefault(organization, EMPTY);
    }

    @Override
    public Pool domain(String domain) {
        return piece.pool(domain);
    }

    @Override
    public Collection<History> domainsOf(String organization) {
        List<History> known = ofReporters.get(organization);
        if (known == null) {
            List<String> domains = sums.domainsOf(organization, candidates, today.minusDays(RECENT_DAYS), DOMAINS);
            Loaded loaded = new Loaded();
            days.ofReporter(organization, domains, Days.needed(today), loaded::add);
            known = loaded.histories();
            ofReporters.put(organization, known);
        }
        return known;
    }
}

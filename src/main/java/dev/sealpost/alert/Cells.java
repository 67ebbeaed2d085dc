package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealpost.store.FailurePlaces;
import dev.sealpost.store.PoolDays;
import dev.sealpost.store.SeriesDays;

/** The numbers that a round asks for. */
@Singleton
class Cells {
    private final SeriesDays days;
    private final PoolDays sums;
    private final Policies policies;
    private final FailurePlaces places;
    private final ObjectMapper json;

    Cells(SeriesDays days, PoolDays sums, Policies policies, FailurePlaces places, ObjectMapper json) {
        this.days = days;
        this.sums = sums;
        this.policies = policies;
        this.places = places;
        this.json = json;
    }

    /** All that decides about some domains today. */
    Loaded load(Collection<String> domains, LocalDate today) {
        return since(domains, Days.needed(today));
    }

    /** The days of some domains since one. */
    Loaded since(Collection<String> domains, LocalDate from) {
        Loaded loaded = new Loaded();
        days.forEach(domains, from, loaded::add);
        return loaded;
    }

    /** Some of the domains with reports since a day: by chance, and always the same. */
    List<String> reported(LocalDate since, int most) {
        return sums.sample(since, most);
    }

    /** What is known of the policies of some domains. */
    Map<String, Policies.Known> policies(Collection<String> domains, LocalDate today) {
        return domains.isEmpty() ? Map.of() : policies.of(domains, today);
    }

    /** How often sessions fail at large. */
    Pools pools(Predicate<String> watched, LocalDate today) {
        return Pools.read(sums, watched, today);
    }

    /** A proof as it is kept. */
    String text(Proof proof) {
        return new Proofs(places, json).text(proof);
    }

    /** Begins a round. */
    Judging judging(Pools pools, Set<String> candidates, LocalDate today) {
        return new Judging(
                this, new TableSurroundings(pools, candidates, days, sums, today), new Proofs(places, json), today);
    }
}

package dev.sealpost.aggregate;

import java.util.List;
import java.util.Objects;
import jakarta.inject.Singleton;

import dev.sealpost.access.Attribution;
import dev.sealpost.origin.Origin;
import dev.sealpost.store.Arrival;
import dev.sealpost.store.UnclaimedLimits;
import dev.sealpost.watch.WatchedDomains;

/** Whose reports are, and how many of nobody's are stored. */
@Singleton
class DomainGate {
    private final Attribution attribution;
    private final WatchedDomains watched;

    DomainGate(Attribution attribution, WatchedDomains watched) {
        this.attribution = attribution;
        this.watched = watched;
    }

    UnclaimedLimits limits() {
        return watched.limits();
    }

    /** The arrivals, those with a reference to a key attributed to its tenant or to none. */
    List<Arrival> attributed(List<Arrival> arrivals) {
        List<String> references = arrivals.stream()
                .map(arrival -> arrival.origin().tenant())
                .filter(Attribution::isReference)
                .map(Objects::requireNonNull)
                .toList();
        if (references.isEmpty()) {
            return arrivals;
        }
        Attribution.Referred keys = attribution.find(references);
        return arrivals.stream().map(arrival -> attributed(arrival, keys)).toList();
    }

    private static Arrival attributed(Arrival arrival, Attribution.Referred keys) {
        Origin origin = arrival.origin();
        String reference = origin.tenant();
        if (reference == null || !Attribution.isReference(reference)) {
            return arrival;
        }
        String tenant =
                keys.tenant(reference, origin.received(), arrival.domains()).orElse(null);
        return new Arrival(arrival.report(), origin.withTenant(tenant), arrival.json(), arrival.domains());
    }
}

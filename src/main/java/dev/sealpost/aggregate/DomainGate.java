package dev.sealpost.aggregate;

import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import jakarta.inject.Singleton;

import dev.sealpost.access.Attribution;
import dev.sealpost.origin.Origin;
import dev.sealpost.store.Arrival;
import dev.sealpost.store.SetAside;
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
        return attributed(arrivals, Arrival::origin, DomainGate::attributed);
    }

    /** The same of what is set aside, so that it is known whose it is. */
    List<SetAside> attributedAside(List<SetAside> aside) {
        return attributed(aside, SetAside::origin, DomainGate::attributed);
    }

    private <T> List<T> attributed(
            List<T> things, Function<T, Origin> origin, BiFunction<T, Attribution.Referred, T> attributed) {
        List<String> references = things.stream()
                .map(thing -> origin.apply(thing).tenant())
                .filter(Attribution::isReference)
                .map(Objects::requireNonNull)
                .toList();
        if (references.isEmpty()) {
            return things;
        }
        Attribution.Referred keys = attribution.find(references);
        return things.stream().map(thing -> attributed.apply(thing, keys)).toList();
    }

    private static Arrival attributed(Arrival arrival, Attribution.Referred keys) {
        return new Arrival(
                arrival.report(),
                attributed(arrival.origin(), arrival.domains(), keys),
                arrival.json(),
                arrival.domains());
    }

    private static SetAside attributed(SetAside aside, Attribution.Referred keys) {
        Origin origin = attributed(aside.origin(), aside.domains(), keys);
        return new SetAside(aside.reason(), aside.detail(), origin, aside.bytes(), aside.domains());
    }

    private static Origin attributed(Origin origin, List<String> domains, Attribution.Referred keys) {
        String reference = origin.tenant();
        return reference == null || !Attribution.isReference(reference)
                ? origin
                : origin.withTenant(
                        keys.tenant(reference, origin.received(), domains).orElse(null));
    }
}

package dev.sealpost.store;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.ResultClass;

/** Filters for tests: November 2026, narrowed by one thing after the other. */
record Questions(Filter filter) {
    private static final LocalDate FROM = LocalDate.parse("2026-11-01");
    private static final LocalDate TO = LocalDate.parse("2026-11-30");

    static Questions november() {
        return new Questions(new Filter(
                new DomainScope.All(),
                FROM,
                TO,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                Set.of(),
                Set.of()));
    }

    /** The filter for other days. */
    Filter between(LocalDate from, LocalDate to) {
        return new Filter(
                filter.domains(),
                from,
                to,
                filter.organizations(),
                filter.policyTypes(),
                filter.resultTypes(),
                filter.resultClasses(),
                filter.receivingMxHostnames(),
                filter.receivingIps(),
                filter.sendingMtaIps(),
                filter.channels(),
                filter.provenances());
    }

    Questions domains(String... domains) {
        return scope(new DomainScope.Only(Set.of(domains)));
    }

    Questions scope(DomainScope scope) {
        return with(
                scope,
                filter.organizations(),
                filter.policyTypes(),
                filter.resultClasses(),
                List.of(),
                List.of(),
                filter.channels());
    }

    Questions organization(String name) {
        return with(
                filter.domains(),
                Set.of(name),
                filter.policyTypes(),
                filter.resultClasses(),
                List.of(),
                List.of(),
                filter.channels());
    }

    Questions policyTypes(String... types) {
        return with(
                filter.domains(),
                filter.organizations(),
                new HashSet<>(List.of(types)),
                filter.resultClasses(),
                List.of(),
                List.of(),
                filter.channels());
    }

    Questions resultClass(ResultClass resultClass) {
        return with(
                filter.domains(),
                filter.organizations(),
                filter.policyTypes(),
                Set.of(resultClass),
                List.of(),
                List.of(),
                filter.channels());
    }

    Questions receivingIp(String network) {
        return with(
                filter.domains(),
                filter.organizations(),
                filter.policyTypes(),
                filter.resultClasses(),
                List.of(Network.parse(network).orElseThrow()),
                List.of(),
                filter.channels());
    }

    Questions sendingMtaIp(String network) {
        return with(
                filter.domains(),
                filter.organizations(),
                filter.policyTypes(),
                filter.resultClasses(),
                List.of(),
                List.of(Network.parse(network).orElseThrow()),
                filter.channels());
    }

    Questions channel(Channel channel) {
        return with(
                filter.domains(),
                filter.organizations(),
                filter.policyTypes(),
                filter.resultClasses(),
                List.of(),
                List.of(),
                Set.of(channel));
    }

    private static Questions with(
            DomainScope scope,
            Set<String> organizations,
            Set<String> policyTypes,
            Set<ResultClass> classes,
            List<Network> receiving,
            List<Network> sending,
            Set<Channel> channels) {
        return new Questions(new Filter(
                scope,
                FROM,
                TO,
                organizations,
                policyTypes,
                Set.of(),
                classes,
                Set.of(),
                receiving,
                sending,
                channels,
                Set.<Provenance>of()));
    }
}

package dev.sealpost.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.ReportIdentity;
import dev.sealpost.report.ResultClass;

/**
 * What a question is limited to. An empty set limits nothing; several values of one kind are alternatives.
 *
 * @param domains attributed domains
 * @param from first UTC day
 * @param to last UTC day, included
 * @param organizations reporters as they write themselves
 * @param policyTypes names of policy types
 * @param resultTypes names of result types, lower case
 * @param resultClasses classes of result types
 * @param receivingMxHostnames host names, lower case
 * @param receivingIps networks of the receiving MX
 * @param sendingMtaIps networks of the sending MTA
 * @param channels doors the reports came through
 * @param provenances what was verified of the reports
 */
public record Filter(
        DomainScope domains,
        LocalDate from,
        LocalDate to,
        Set<String> organizations,
        Set<String> policyTypes,
        Set<String> resultTypes,
        Set<ResultClass> resultClasses,
        Set<String> receivingMxHostnames,
        List<Network> receivingIps,
        List<Network> sendingMtaIps,
        Set<Channel> channels,
        Set<Provenance> provenances) {

    public Filter {
        organizations = Set.copyOf(organizations);
        policyTypes = Set.copyOf(policyTypes);
        resultTypes = Set.copyOf(resultTypes);
        resultClasses = Set.copyOf(resultClasses);
        receivingMxHostnames = Set.copyOf(receivingMxHostnames);
        receivingIps = List.copyOf(receivingIps);
        sendingMtaIps = List.copyOf(sendingMtaIps);
        channels = Set.copyOf(channels);
        provenances = Set.copyOf(provenances);
    }

    /** The same about other days. */
    public Filter between(LocalDate first, LocalDate last) {
        return with(domains, first, last);
    }

    /** The same about other domains. */
    Filter about(DomainScope others) {
        return with(others, from, to);
    }

    private Filter with(DomainScope scope, LocalDate first, LocalDate last) {
        return new Filter(
                scope,
                first,
                last,
                organizations,
                policyTypes,
                resultTypes,
                resultClasses,
                receivingMxHostnames,
                receivingIps,
                sendingMtaIps,
                channels,
                provenances);
    }

    /** Whether days and domains are the only limits. */
    boolean onlyDomains() {
        return organizations.isEmpty() && channels.isEmpty() && provenances.isEmpty() && !aboutPolicies();
    }

    /** Whether the days are the only limit. */
    boolean onlyDays() {
        return domains.all() && onlyDomains();
    }

    /** Whether the filter asks for single policies or failures, not for whole reports. */
    boolean aboutPolicies() {
        return !policyTypes.isEmpty() || aboutFailures();
    }

    /** Whether the filter asks for something that only a failure has. */
    boolean aboutFailures() {
        return !resultTypes.isEmpty()
                || !resultClasses.isEmpty()
                || !receivingMxHostnames.isEmpty()
                || aboutAddresses();
    }

    /** Whether the filter asks for something that only the details know. */
    boolean aboutAddresses() {
        return !receivingIps.isEmpty() || !sendingMtaIps.isEmpty();
    }

    /** The reporters as compared. */
    List<String> organizationKeys() {
        return organizations.stream()
                .map(name -> Keys.fit(ReportIdentity.fold(name)))
                // A report that names no organisation is shown as unknown.
                .flatMap(key -> key.equals("unknown") ? Stream.of(key, "") : Stream.of(key))
                .toList();
    }
}

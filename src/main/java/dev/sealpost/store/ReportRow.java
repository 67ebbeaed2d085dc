package dev.sealpost.store;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.Report;
import dev.sealpost.report.ReportIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A report as one row.
 *
 * @param id made of day, identity and content, so equal bytes have one id wherever and whenever they come
 * @param organization the reporter as compared
 */
record ReportRow(UUID id, LocalDate day, ReportIdentity identity, String organization, Arrival arrival) {

    static ReportRow of(Arrival arrival) {
        ReportIdentity identity = ReportIdentity.of(arrival.report());
        LocalDate day = arrival.report().dateRange().day();
        return new ReportRow(
                ReportId.of(day, identity, arrival.json()),
                day,
                identity,
                Keys.fit(ReportIdentity.organization(arrival.report())),
                arrival);
    }

    Report report() {
        return arrival.report();
    }

    Origin origin() {
        return arrival.origin();
    }

    boolean verified() {
        return origin().provenance().rank() < Provenance.UNVERIFIED.rank();
    }

    /** How the reporter writes itself. */
    String name() {
        String own = ownName();
        return own != null ? own : organization.isEmpty() ? "unknown" : organization;
    }

    /** The name the reporter has for itself; null if it has none. */
    @Nullable
    String ownName() {
        String name = report().organizationName();
        return name == null || name.isBlank() ? null : Keys.fit(name.strip()).strip();
    }

    /** The domains this report has a share in, policies without a domain left out. */
    List<String> domains() {
        return arrival.domains().stream()
                .filter(domain -> !domain.isEmpty())
                .distinct()
                .toList();
    }

    /** The same report, of which only some domains are counted. */
    ReportRow only(Predicate<String> counted) {
        List<String> domains = arrival.domains().stream()
                .map(domain -> counted.test(domain) ? domain : "")
                .toList();
        return new ReportRow(id, day, identity, organization, new Arrival(report(), origin(), arrival.json(), domains));
    }

    /** The units this report has a share in. */
    List<Unit> units() {
        return domains().stream()
                .map(domain -> new Unit(domain, day, organization))
                .toList();
    }
}

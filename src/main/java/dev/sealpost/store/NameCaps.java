package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Policy;
import dev.sealpost.report.PolicyType;
import dev.sealpost.report.Report;
import dev.sealpost.report.ResultType;

/**
 * Bounds the names that unverified reports bring into the cells of one day of a domain. It is done before rows are made of
 * a report, which keeps what is decided here, so cells stay a function of the stored rows. Verified reports bring what they
 * like, and what they brought is open to all.
 */
final class NameCaps {
    /** Days of domains that are remembered, at about 300 bytes each. */
    private static final int REMEMBERED = 50_000;

    private final NameSketch sketch = new NameSketch(REMEMBERED);

    /**
     * What is to be stored.
     *
     * @param rows in the order given
     * @param refused how often a name was replaced
     */
    record Capped(List<ReportRow> rows, Map<NameKind, Long> refused) {}

    Capped cap(Connection connection, List<ReportRow> rows) throws SQLException {
        Set<DomainDay> suspicious = new HashSet<>();
        for (ReportRow row : rows) {
            if (!row.verified()) {
                for (String domain : row.domains()) {
                    DomainDay day = new DomainDay(domain, row.day());
                    if (manyNames(row, day)) {
                        suspicious.add(day);
                    }
                }
            }
        }
        if (suspicious.isEmpty()) {
            return new Capped(rows, Map.of());
        }
        KnownNames known = KnownNames.read(connection, suspicious);
        List<ReportRow> capped = new ArrayList<>();
        for (ReportRow row : rows) {
            capped.add(row.verified() ? row : capped(row, known));
        }
        return new Capped(capped, known.refused());
    }

    private boolean manyNames(ReportRow row, DomainDay day) {
        boolean many = sketch.add(day, NameKind.ORGANIZATION, row.organization());
        for (int i = 0; i < row.arrival().domains().size(); i++) {
            if (row.arrival().domains().get(i).equals(day.domain())) {
                Policy policy = row.report().policies().get(i);
                String type = CellSums.type(policy);
                if (!CellSums.registered(type)) {
                    many |= sketch.add(day, NameKind.POLICY_TYPE, type);
                }
                for (FailureDetail detail : policy.failureDetails()) {
                    String host = detail.receivingMxHostname();
                    if (host != null) {
                        many |= sketch.add(day, NameKind.MX_HOST, host);
                    }
                    ResultType result = detail.resultType();
                    if (result != null && !result.registered()) {
                        many |= sketch.add(day, NameKind.RESULT_TYPE, result.value());
                    }
                }
            }
        }
        return many;
    }

    private static ReportRow capped(ReportRow row, KnownNames known) {
        Report report = row.report();
        boolean admitted = row.domains().stream()
                .allMatch(domain ->
                        known.admits(new DomainDay(domain, row.day()), NameKind.ORGANIZATION, row.organization()));
        List<Policy> policies = new ArrayList<>();
        for (int i = 0; i < report.policies().size(); i++) {
            String domain = row.arrival().domains().get(i);
            Policy policy = report.policies().get(i);
            policies.add(domain.isEmpty() ? policy : capped(policy, new DomainDay(domain, row.day()), known));
        }
        if (admitted && policies.equals(report.policies())) {
            return row;
        }
        Report fewer = new Report(
                admitted ? report.organizationName() : NameKind.OTHER,
                report.dateRange(),
                report.contactInfo(),
                report.reportId(),
                policies,
                report.flags());
        return new ReportRow(
                row.id(),
                row.day(),
                row.identity(),
                admitted ? row.organization() : NameKind.OTHER,
                new Arrival(
                        fewer, row.origin(), row.arrival().json(), row.arrival().domains()));
    }

    private static Policy capped(Policy policy, DomainDay day, KnownNames known) {
        PolicyType type = policy.policyType();
        boolean admitted = type == null
                || CellSums.registered(type.value())
                || known.admits(day, NameKind.POLICY_TYPE, CellSums.type(policy));
        List<FailureDetail> details = policy.failureDetails().stream()
                .map(detail -> capped(detail, day, known))
                .toList();
        if (admitted && details.equals(policy.failureDetails())) {
            return policy;
        }
        return new Policy(
                admitted ? type : new PolicyType(NameKind.OTHER),
                policy.policyString(),
                policy.policyDomain(),
                policy.mxHost(),
                policy.totalSuccessfulSessionCount(),
                policy.totalFailureSessionCount(),
                details,
                policy.flags());
    }

    private static FailureDetail capped(FailureDetail detail, DomainDay day, KnownNames known) {
        ResultType type = detail.resultType();
        boolean typed =
                type == null || type.registered() || known.admits(day, NameKind.RESULT_TYPE, Keys.fit(type.value()));
        String host = detail.receivingMxHostname();
        boolean hosted = host == null || known.admits(day, NameKind.MX_HOST, Keys.fit(host));
        if (typed && hosted) {
            return detail;
        }
        return new FailureDetail(
                typed ? type : new ResultType(NameKind.OTHER),
                detail.sendingMtaIp(),
                hosted ? host : NameKind.OTHER,
                detail.receivingMxHelo(),
                detail.receivingIp(),
                detail.failedSessionCount(),
                detail.additionalInformation(),
                detail.failureReasonCode());
    }
}

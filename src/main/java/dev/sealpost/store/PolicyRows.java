package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jakarta.inject.Singleton;

import dev.sealpost.report.Policy;

/** Writes the policies of new reports and their failure details (RFC 8460, section 4.4). */
@Singleton
class PolicyRows {
    private record PolicyRow(ReportRow row, int position, Policy policy) {
        String domain() {
            return row.arrival().domains().get(position);
        }

        List<String> flags() {
            return PolicyRows.flags(policy, domain());
        }

        String type() {
            return CellSums.type(policy);
        }
    }

    /** What the reader healed in a policy, and whether it has a domain that its body does not say. */
    static List<String> flags(Policy policy, String domain) {
        List<String> flags = new ArrayList<>(ReportRows.labels(policy.flags()));
        if (policy.policyDomain() == null && !domain.isEmpty()) {
            flags.add("policy-domain-healed");
        }
        return flags;
    }

    private static final Copy<PolicyRow> POLICY = new Copy<PolicyRow>("policy")
            .column("domain", (field, p) -> field.text(p.domain()))
            .column("day", (field, p) -> field.date(p.row.day()))
            .column("organization", (field, p) -> field.text(p.row.organization()))
            .column("report", (field, p) -> field.uuid(p.row.id()))
            .column("position", (field, p) -> field.integer(p.position))
            .column("policy_type", (field, p) -> field.text(p.type()))
            .column(
                    "policy_domain",
                    (field, p) -> field.text(
                            p.policy.policyDomain() == null
                                    ? null
                                    : p.policy.policyDomain().value()))
            .column("policy_string", (field, p) -> field.texts(p.policy.policyString()))
            .column("mx_host", (field, p) -> field.texts(p.policy.mxHost()))
            .column("successful", (field, p) -> field.bigint(p.policy.totalSuccessfulSessionCount()))
            .column("failed", (field, p) -> field.bigint(p.policy.totalFailureSessionCount()))
            .column(
                    "details",
                    (field, p) -> field.integer(p.policy.failureDetails().size()))
            .column("failures", (field, p) -> field.jsonb(FailureJson.of(p.policy.failureDetails())))
            .column("flags", (field, p) -> field.texts(p.flags()));

    /** Writes all policies of reports that were just inserted, their failure details in them. */
    void insert(Connection connection, List<ReportRow> reports) throws SQLException {
        List<PolicyRow> policies = new ArrayList<>();
        for (ReportRow row : reports) {
            for (int i = 0; i < row.report().policies().size(); i++) {
                policies.add(new PolicyRow(row, i, row.report().policies().get(i)));
            }
        }
        // In the order of the key: neighbours share pages of its index.
        policies.sort(Comparator.comparing(PolicyRow::domain)
                .thenComparing(p -> p.row.day())
                .thenComparing(p -> p.row.organization()));
        POLICY.insertAll(connection, policies);
    }
}

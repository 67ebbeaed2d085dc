package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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
            List<String> flags = new ArrayList<>(ReportRows.labels(policy.flags()));
            if (Reattribution.isHealed(row, position)) {
                flags.add("policy-domain-healed");
            }
            return flags;
        }

        String type() {
            return CellSums.type(policy);
        }
    }

    private static final Bulk<PolicyRow> POLICY = new Bulk<PolicyRow>("policy")
            .column("domain", "text", PolicyRow::domain)
            .column("day", "date", p -> p.row.day())
            .column("organization", "text", p -> p.row.organization())
            .column("report", "uuid", p -> p.row.id())
            .column("position", "integer", PolicyRow::position)
            .column("policy_type", "text", PolicyRow::type)
            .column(
                    "policy_domain",
                    "text",
                    p -> p.policy.policyDomain() == null
                            ? null
                            : p.policy.policyDomain().value())
            .texts("policy_string", p -> p.policy.policyString())
            .texts("mx_host", p -> p.policy.mxHost())
            .column("successful", "bigint", p -> p.policy.totalSuccessfulSessionCount())
            .column("failed", "bigint", p -> p.policy.totalFailureSessionCount())
            .column("details", "integer", p -> p.policy.failureDetails().size())
            .column("failures", "jsonb", p -> FailureJson.of(p.policy.failureDetails()))
            .texts("flags", PolicyRow::flags);

    /** Writes all policies of reports that were just inserted, their failure details in them. */
    void insert(Connection connection, List<ReportRow> reports) throws SQLException {
        List<PolicyRow> policies = new ArrayList<>();
        for (ReportRow row : reports) {
            for (int i = 0; i < row.report().policies().size(); i++) {
                policies.add(new PolicyRow(row, i, row.report().policies().get(i)));
            }
        }
        POLICY.insertAll(connection, policies);
    }
}

package dev.sealpost.store;

import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import jakarta.inject.Singleton;

import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Policy;
import org.jspecify.annotations.Nullable;

/** Writes the policies of new reports and their failure details (RFC 8460, section 4.4). */
@Singleton
class PolicyRows {
    private record PolicyRow(ReportRow row, int position, Policy policy) {
        String domain() {
            return row.arrival().domains().get(position);
        }

        String type() {
            return policy.policyType() == null
                    ? "unspecified"
                    : Keys.fit(policy.policyType().value());
        }
    }

    private record DetailRow(PolicyRow policy, int position, FailureDetail detail) {}

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
            .texts("flags", p -> ReportRows.labels(p.policy.flags()));

    private static final Bulk<DetailRow> DETAIL = new Bulk<DetailRow>("failure_detail")
            .column("domain", "text", d -> d.policy.domain())
            .column("day", "date", d -> d.policy.row.day())
            .column("organization", "text", d -> d.policy.row.organization())
            .column("report", "uuid", d -> d.policy.row.id())
            .column("policy", "integer", d -> d.policy.position)
            .column("position", "integer", DetailRow::position)
            .column("policy_type", "text", d -> d.policy.type())
            .column(
                    "result_type",
                    "text",
                    d -> d.detail.resultType() == null
                            ? null
                            : Keys.fit(d.detail.resultType().value()))
            .column("sending_mta_ip", "text", d -> d.detail.sendingMtaIp())
            .column("sending_mta_inet", "inet", d -> inet(d.detail.sendingMtaIp()))
            .column(
                    "receiving_mx_hostname",
                    "text",
                    d -> d.detail.receivingMxHostname() == null ? null : Keys.fit(d.detail.receivingMxHostname()))
            .column("receiving_mx_helo", "text", d -> d.detail.receivingMxHelo())
            .column("receiving_ip", "text", d -> d.detail.receivingIp())
            .column("receiving_inet", "inet", d -> inet(d.detail.receivingIp()))
            .column("failed", "bigint", d -> d.detail.failedSessionCount())
            .column("additional_information", "text", d -> d.detail.additionalInformation())
            .column("failure_reason_code", "text", d -> d.detail.failureReasonCode());

    /** Writes all policies and details of reports that were just inserted. */
    void insert(Connection connection, List<ReportRow> reports) throws SQLException {
        List<PolicyRow> policies = new ArrayList<>();
        List<DetailRow> details = new ArrayList<>();
        for (ReportRow row : reports) {
            for (int i = 0; i < row.report().policies().size(); i++) {
                PolicyRow policy = new PolicyRow(row, i, row.report().policies().get(i));
                policies.add(policy);
                int position = 0;
                for (FailureDetail detail : policy.policy.failureDetails()) {
                    details.add(new DetailRow(policy, position++, detail));
                }
            }
        }
        POLICY.insertAll(connection, policies);
        DETAIL.insertAll(connection, details);
    }

    /** The text if it is an address. The reader writes addresses in one form; other text stays text. */
    private static @Nullable String inet(@Nullable String text) {
        // PostgreSQL's inet has no zone ids.
        if (text == null || text.indexOf('%') >= 0) {
            return null;
        }
        try {
            String address = InetAddress.ofLiteral(text).getHostAddress();
            return address.equals(text) || text.indexOf(':') >= 0 ? address : null;
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}

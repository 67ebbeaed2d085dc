package dev.sealpost.aggregate;

import java.util.List;
import java.util.Optional;

import dev.sealpost.origin.MailClaims;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.Report;
import org.jspecify.annotations.Nullable;

/** Which domain a policy is about: its own; where its body has none, what the mail or the report's ID say. */
final class PolicyDomains {
    private PolicyDomains() {}

    /** The domain of each policy, in their order; empty text where nobody says one. */
    static List<String> of(Report report, @Nullable MailClaims claims) {
        return report.policies().stream()
                .map(policy -> policy.policyDomain() != null
                        ? policy.policyDomain().value()
                        : healed(report.reportId(), claims))
                .toList();
    }

    private static String healed(String reportId, @Nullable MailClaims claims) {
        return claims != null && claims.reportDomain() != null
                ? claims.reportDomain()
                : atTheEnd(reportId).orElse("");
    }

    /** Google ends its IDs with {@code _} and the domain, Microsoft with {@code +} and the domain. */
    private static Optional<String> atTheEnd(String reportId) {
        int mark = Math.max(reportId.lastIndexOf('_'), reportId.lastIndexOf('+'));
        String end = reportId.substring(mark + 1);
        return mark < 0 || end.indexOf('.') < 0
                ? Optional.empty()
                : DomainName.parse(end).map(DomainName::value);
    }
}

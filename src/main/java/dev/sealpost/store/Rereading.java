package dev.sealpost.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.sealpost.report.DomainName;
import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Policy;
import dev.sealpost.report.Report;
import dev.sealpost.store.WholeReport.StoredDetail;
import dev.sealpost.store.WholeReport.StoredPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What the present reader makes of a stored original.
 *
 * @param original what was read again
 * @param report the new reading; null if the present reader finds no report in it, and then the old reading stays
 * @param domains the domain each of its policies is attributed to, empty where unknown
 */
public record Rereading(
        Originals.Original original, @Nullable Report report, List<String> domains) {
    public Rereading {
        domains = List.copyOf(domains);
    }

    /** The domains of the policies; one that names the same domain as before keeps what that was attributed to. */
    List<String> domains(List<StoredPolicy> before) {
        List<String> attributed = new ArrayList<>(domains);
        if (before.size() == attributed.size() && report != null) {
            for (int i = 0; i < attributed.size(); i++) {
                DomainName named = report.policies().get(i).policyDomain();
                String name = named == null ? null : named.value();
                if (Objects.equals(name, before.get(i).policyDomain())) {
                    attributed.set(i, Objects.requireNonNullElse(before.get(i).attributedDomain(), ""));
                }
            }
        }
        return attributed;
    }

    /** The policies as they would be stored. */
    static List<StoredPolicy> stored(Report report, List<String> domains) {
        List<StoredPolicy> policies = new ArrayList<>();
        for (int i = 0; i < domains.size(); i++) {
            Policy policy = report.policies().get(i);
            DomainName named = policy.policyDomain();
            policies.add(new StoredPolicy(
                    CellSums.type(policy),
                    named == null ? null : named.value(),
                    domains.get(i).isEmpty() ? null : domains.get(i),
                    policy.mxHost(),
                    policy.policyString(),
                    policy.totalSuccessfulSessionCount(),
                    policy.totalFailureSessionCount(),
                    PolicyRows.flags(policy, domains.get(i)),
                    policy.failureDetails().stream().map(Rereading::stored).toList()));
        }
        return policies;
    }

    private static StoredDetail stored(FailureDetail detail) {
        String mx = detail.receivingMxHostname();
        return new StoredDetail(
                detail.resultType() == null
                        ? null
                        : Keys.fit(detail.resultType().value()),
                detail.sendingMtaIp(),
                mx == null ? null : Keys.fit(mx),
                detail.receivingMxHelo(),
                detail.receivingIp(),
                detail.failedSessionCount(),
                detail.additionalInformation(),
                detail.failureReasonCode());
    }
}

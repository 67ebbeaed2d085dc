package dev.sealpost.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Bounds how many different values each field of the failure details of one report may bring into indexes and tables.
 * The details stay and count; a value too many is left out of its detail.
 */
final class DistinctValues {
    private final int limit;
    private final Set<Flag> reportFlags;
    private final Set<ResultType> resultTypes = new HashSet<>();
    private final List<Set<String>> texts;

    private DistinctValues(int limit, Set<Flag> reportFlags) {
        this.limit = limit;
        this.reportFlags = reportFlags;
        this.texts = List.of(
                new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    }

    /** The same list unless the report has so many details that a field could exceed the limit. */
    static List<Policy> limit(List<Policy> policies, Limits limits, Set<Flag> reportFlags) {
        int details = 0;
        for (Policy policy : policies) {
            details += policy.failureDetails().size();
        }
        if (details <= limits.maxDistinct()) {
            return policies;
        }
        DistinctValues values = new DistinctValues(limits.maxDistinct(), reportFlags);
        List<Policy> limited = new ArrayList<>(policies.size());
        for (Policy policy : policies) {
            limited.add(values.limited(policy));
        }
        return limited;
    }

    private Policy limited(Policy policy) {
        EnumSet<Flag> flags = FlagSet.mutableCopy(policy.flags());
        List<FailureDetail> details = new ArrayList<>(policy.failureDetails().size());
        for (FailureDetail detail : policy.failureDetails()) {
            details.add(limited(detail, flags));
        }
        return new Policy(
                policy.policyType(),
                policy.policyString(),
                policy.policyDomain(),
                policy.mxHost(),
                policy.totalSuccessfulSessionCount(),
                policy.totalFailureSessionCount(),
                details,
                flags);
    }

    private FailureDetail limited(FailureDetail detail, Set<Flag> flags) {
        return new FailureDetail(
                admit(detail.resultType(), resultTypes, flags),
                admit(detail.sendingMtaIp(), texts.get(0), flags),
                admit(detail.receivingMxHostname(), texts.get(1), flags),
                admit(detail.receivingMxHelo(), texts.get(2), flags),
                admit(detail.receivingIp(), texts.get(3), flags),
                detail.failedSessionCount(),
                admit(detail.additionalInformation(), texts.get(4), flags),
                admit(detail.failureReasonCode(), texts.get(5), flags));
    }

    private <T> @Nullable T admit(@Nullable T value, Set<T> known, Set<Flag> flags) {
        if (value == null || known.contains(value)) {
            return value;
        }
        if (known.size() < limit) {
            known.add(value);
            return value;
        }
        flags.add(Flag.VALUES_CUT);
        reportFlags.add(Flag.VALUES_CUT);
        return null;
    }
}

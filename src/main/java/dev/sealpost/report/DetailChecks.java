package dev.sealpost.report;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What is odd about failure details beside their policy; they are kept as they are (RFC 8460, section 4). */
final class DetailChecks {
    private DetailChecks() {}

    static void note(@Nullable PolicyType type, @Nullable Long failures, List<FailureDetail> details, Set<Flag> flags) {
        if (details.isEmpty()) {
            return;
        }
        ResultClass foreign = foreignTo(type);
        long sum = 0;
        for (FailureDetail detail : details) {
            Long count = detail.failedSessionCount();
            sum = saturatedSum(sum, count == null ? 0 : count);
            ResultType result = detail.resultType();
            if (foreign != null && result != null && result.resultClass() == foreign) {
                flags.add(Flag.RESULT_TYPE_OF_OTHER_POLICY);
                // Once is enough.
                foreign = null;
            }
        }
        if (failures != null && failures != sum) {
            flags.add(Flag.DETAILS_SUM_DIFFERS);
        }
    }

    private static @Nullable ResultClass foreignTo(@Nullable PolicyType type) {
        if (PolicyType.TLSA.equals(type)) {
            return ResultClass.STS;
        }
        return PolicyType.STS.equals(type) ? ResultClass.DANE : null;
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}

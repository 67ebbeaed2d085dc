package dev.sealpost.report;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the reporter saw under one policy (RFC 8460, section 4.4).
 *
 * @param policyType null when the body names none
 * @param policyString the policy's lines or TLSA records as the reporter saw them
 * @param policyDomain the recipient domain, for tlsa also the MX host; null when missing or not a domain
 * @param mxHost the policy's MX patterns, lower case
 * @param totalSuccessfulSessionCount sessions, never negative; null when the body's count is unusable
 * @param totalFailureSessionCount sessions, never negative; null when the body's count is unusable
 * @param failureDetails occurrences by type; they may overlap, so their sum is not a number of sessions
 * @param flags what had to be healed in this policy and its details
 */
public record Policy(
        @Nullable PolicyType policyType,
        List<String> policyString,
        @Nullable DomainName policyDomain,
        List<String> mxHost,
        @Nullable Long totalSuccessfulSessionCount,
        @Nullable Long totalFailureSessionCount,
        List<FailureDetail> failureDetails,
        Set<Flag> flags) {

    public Policy {
        policyString = List.copyOf(policyString);
        mxHost = List.copyOf(mxHost);
        failureDetails = List.copyOf(failureDetails);
        flags = FlagSet.copyOf(flags);
    }
}

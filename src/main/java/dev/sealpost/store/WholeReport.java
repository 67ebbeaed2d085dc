package dev.sealpost.store;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sealpost.origin.MailClaims;
import org.jspecify.annotations.Nullable;

/**
 * A stored report with all it says (RFC 8460, section 4.4).
 *
 * @param report what lists show of it
 * @param contactInfo where the reporter can be asked; null if it does not say
 * @param mail what the mail around it says of it, and how that was judged; null if no mail brought it
 * @param duplicates further arrivals of the same content
 * @param conflicts reports of the same identity and other content
 * @param policies in the reporter's order
 */
public record WholeReport(
        @JsonUnwrapped ListedReport report,
        @Nullable String contactInfo,
        @Nullable MailClaims mail,
        long duplicates,
        List<UUID> conflicts,
        List<StoredPolicy> policies) {

    /**
     * What the reporter saw under one policy.
     *
     * @param policyDomain as reported; null if it is no domain
     * @param attributedDomain the domain it is counted for; null if nobody knows
     * @param successfulSessions as reported; null if unusable
     * @param failedSessions as reported; null if unusable
     */
    public record StoredPolicy(
            String policyType,
            @Nullable String policyDomain,
            @Nullable String attributedDomain,
            List<String> mxHost,
            List<String> policyString,
            @Nullable Long successfulSessions,
            @Nullable Long failedSessions,
            List<String> flags,
            List<StoredDetail> failureDetails) {}

    /** One failure detail as reported; null where the reporter said nothing. */
    public record StoredDetail(
            @Nullable String resultType,
            @Nullable String sendingMtaIp,
            @Nullable String receivingMxHostname,
            @Nullable String receivingMxHelo,
            @Nullable String receivingIp,
            @Nullable Long failedSessions,
            @Nullable String additionalInformation,
            @Nullable String failureReasonCode) {}
}

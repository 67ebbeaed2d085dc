package dev.sealpost.report;

import org.jspecify.annotations.Nullable;

/**
 * One kind of failure under a policy (RFC 8460, section 4.4). Every member may be missing in the field.
 *
 * @param resultType null when the body names none
 * @param sendingMtaIp canonical text of an IPv4 or IPv6 address (RFC 5952), or the sender's own text if it is neither
 * @param receivingMxHostname the MX that was tried, lower case
 * @param receivingMxHelo text of the MX's greeting, possibly several words
 * @param receivingIp as sendingMtaIp
 * @param failedSessionCount occurrences, never negative; null when the body's count is unusable
 * @param additionalInformation untrusted text, by the standard a URI: never to be fetched or rendered as a link
 * @param failureReasonCode untrusted free text
 */
public record FailureDetail(
        @Nullable ResultType resultType,
        @Nullable String sendingMtaIp,
        @Nullable String receivingMxHostname,
        @Nullable String receivingMxHelo,
        @Nullable String receivingIp,
        @Nullable Long failedSessionCount,
        @Nullable String additionalInformation,
        @Nullable String failureReasonCode) {}

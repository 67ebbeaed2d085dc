package dev.sealpost.query;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sealpost.store.WholeReport;
import org.jspecify.annotations.Nullable;

/** Of a report that is several tenants', the policies that one of them sees, in RFC 8460's shape (section 4.4). */
final class SeenPart {
    private SeenPart() {}

    static Map<String, @Nullable Object> of(WholeReport whole) {
        return object(
                field("organization-name", whole.report().organization()),
                field(
                        "date-range",
                        object(
                                field("start-datetime", whole.report().start()),
                                field("end-datetime", whole.report().end()))),
                field("contact-info", whole.contactInfo()),
                field("report-id", whole.report().reportId()),
                field(
                        "policies",
                        whole.policies().stream().map(SeenPart::policy).toList()));
    }

    private static Map<String, @Nullable Object> policy(WholeReport.StoredPolicy policy) {
        return object(
                field(
                        "policy",
                        object(
                                field("policy-type", policy.policyType()),
                                field("policy-string", policy.policyString()),
                                field("policy-domain", policy.policyDomain()),
                                field("mx-host", policy.mxHost()))),
                field(
                        "summary",
                        object(
                                field("total-successful-session-count", policy.successfulSessions()),
                                field("total-failure-session-count", policy.failedSessions()))),
                field(
                        "failure-details",
                        policy.failureDetails().stream().map(SeenPart::detail).toList()));
    }

    private static Map<String, @Nullable Object> detail(WholeReport.StoredDetail detail) {
        return object(
                field("result-type", detail.resultType()),
                field("sending-mta-ip", detail.sendingMtaIp()),
                field("receiving-mx-hostname", detail.receivingMxHostname()),
                field("receiving-mx-helo", detail.receivingMxHelo()),
                field("receiving-ip", detail.receivingIp()),
                field("failed-session-count", detail.failedSessions()),
                field("additional-information", detail.additionalInformation()),
                field("failure-reason-code", detail.failureReasonCode()));
    }

    private record Field(String name, @Nullable Object value) {}

    private static Field field(String name, @Nullable Object value) {
        return new Field(name, value);
    }

    /** What the reporter did not say is not there. */
    private static Map<String, @Nullable Object> object(Field... fields) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        Arrays.stream(fields)
                .filter(field -> field.value != null)
                .forEach(field -> object.put(field.name, field.value));
        return object;
    }
}

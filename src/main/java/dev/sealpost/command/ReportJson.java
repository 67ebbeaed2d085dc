package dev.sealpost.command;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Flag;
import dev.sealpost.report.Policy;
import dev.sealpost.report.PolicyType;
import dev.sealpost.report.Report;
import dev.sealpost.report.ResultType;
import org.jspecify.annotations.Nullable;

/** Writes a report in RFC 8460's own shape (section 4.4), with flags beside it and in each policy. */
final class ReportJson {
    private ReportJson() {}

    static void write(JsonGenerator json, Report report) throws IOException {
        json.writeStartObject();
        json.writeStringField("organization-name", report.organizationName());
        json.writeObjectFieldStart("date-range");
        json.writeStringField("start-datetime", report.dateRange().start().toString());
        json.writeStringField("end-datetime", report.dateRange().end().toString());
        json.writeEndObject();
        json.writeStringField("contact-info", report.contactInfo());
        json.writeStringField("report-id", report.reportId());
        json.writeArrayFieldStart("policies");
        for (Policy policy : report.policies()) {
            write(json, policy);
        }
        json.writeEndArray();
        writeFlags(json, report.flags());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Policy policy) throws IOException {
        PolicyType type = policy.policyType();
        DomainName domain = policy.policyDomain();
        json.writeStartObject();
        json.writeObjectFieldStart("policy");
        json.writeStringField("policy-type", type == null ? null : type.value());
        writeStrings(json, "policy-string", policy.policyString());
        json.writeStringField("policy-domain", domain == null ? null : domain.value());
        writeStrings(json, "mx-host", policy.mxHost());
        json.writeEndObject();
        json.writeObjectFieldStart("summary");
        writeCount(json, "total-successful-session-count", policy.totalSuccessfulSessionCount());
        writeCount(json, "total-failure-session-count", policy.totalFailureSessionCount());
        json.writeEndObject();
        json.writeArrayFieldStart("failure-details");
        for (FailureDetail detail : policy.failureDetails()) {
            write(json, detail);
        }
        json.writeEndArray();
        writeFlags(json, policy.flags());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, FailureDetail detail) throws IOException {
        ResultType type = detail.resultType();
        json.writeStartObject();
        json.writeStringField("result-type", type == null ? null : type.value());
        json.writeStringField("sending-mta-ip", detail.sendingMtaIp());
        json.writeStringField("receiving-mx-hostname", detail.receivingMxHostname());
        json.writeStringField("receiving-mx-helo", detail.receivingMxHelo());
        json.writeStringField("receiving-ip", detail.receivingIp());
        writeCount(json, "failed-session-count", detail.failedSessionCount());
        json.writeStringField("additional-information", detail.additionalInformation());
        json.writeStringField("failure-reason-code", detail.failureReasonCode());
        json.writeEndObject();
    }

    private static void writeCount(JsonGenerator json, String name, @Nullable Long count) throws IOException {
        if (count == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, count);
        }
    }

    private static void writeStrings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void writeFlags(JsonGenerator json, Set<Flag> flags) throws IOException {
        writeStrings(json, "flags", flags.stream().map(Flag::label).toList());
    }
}

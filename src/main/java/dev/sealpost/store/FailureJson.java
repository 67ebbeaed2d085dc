package dev.sealpost.store;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.ResultType;
import org.jspecify.annotations.Nullable;

/**
 * The failure details of a policy (RFC 8460, section 4.4) as they are stored: an array of objects, in the reporter's
 * order, of what the view failure_detail shows.
 */
final class FailureJson {
    private static final JsonFactory JSON = new JsonFactory();

    private FailureJson() {}

    /** The text; null if there are no details. */
    static @Nullable String of(List<FailureDetail> details) {
        if (details.isEmpty()) {
            return null;
        }
        Map<String, Boolean> addresses = new HashMap<>();
        StringWriter text = new StringWriter(details.size() * 160);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (FailureDetail detail : details) {
                json.writeStartObject();
                write(json, detail, addresses);
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, FailureDetail detail, Map<String, Boolean> addresses)
            throws IOException {
        ResultType type = detail.resultType();
        text(json, "type", type == null ? null : Keys.fit(type.value()));
        address(json, "sender", detail.sendingMtaIp(), addresses);
        text(json, "mx", detail.receivingMxHostname() == null ? null : Keys.fit(detail.receivingMxHostname()));
        text(json, "helo", detail.receivingMxHelo());
        address(json, "ip", detail.receivingIp(), addresses);
        if (detail.failedSessionCount() != null) {
            json.writeNumberField("n", detail.failedSessionCount());
        }
        text(json, "info", detail.additionalInformation());
        text(json, "code", detail.failureReasonCode());
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** What is no address has another name, so that the database can take the first for what it is. */
    private static void address(JsonGenerator json, String name, @Nullable String text, Map<String, Boolean> addresses)
            throws IOException {
        if (text != null) {
            // The details of a policy have few addresses.
            boolean address = addresses.computeIfAbsent(text, FailureJson::isAddress);
            json.writeStringField(address ? name : name + "_text", text);
        }
    }

    /** Whether the text is an address that PostgreSQL takes too. The reader writes addresses in one form. */
    private static boolean isAddress(String text) {
        // PostgreSQL's inet has no zone ids.
        if (text.indexOf('%') >= 0) {
            return false;
        }
        try {
            String address = InetAddress.ofLiteral(text).getHostAddress();
            return address.equals(text) || text.indexOf(':') >= 0;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}

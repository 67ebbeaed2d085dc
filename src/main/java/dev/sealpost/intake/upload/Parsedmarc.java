package dev.sealpost.intake.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/**
 * Gives reports in parsedmarc's own JSON (smtp_tls.json, or the member of its combined output) the shape of RFC 8460,
 * section 4.4, again. Members are moved and renamed, and values stay as they are; what the door makes of them is its own
 * business.
 */
final class Parsedmarc {
    private static final String COMBINED = "smtp_tls_reports";
    private static final int MAX_DEPTH = 32;

    /** Names that are not the RFC's with another dash. */
    private static final Map<String, String> NAMES = Map.of(
            "policy_strings", "policy-string",
            "mx_host_patterns", "mx-host",
            "successful_session_count", "total-successful-session-count",
            "failed_session_count", "total-failure-session-count");

    private static final Map<String, String> DETAIL_NAMES = Map.of("additional_info_uri", "additional-information");

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Half a surrogate pair can be written only so.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private Parsedmarc() {}

    /** The reports in an object of parsedmarc's; empty if the object is something else, or cannot be read. */
    static Optional<List<byte[]>> reports(byte[] object) {
        try (JsonParser json = JSON.createParser(object)) {
            return json.nextToken() == JsonToken.START_OBJECT ? reports(json, object) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<List<byte[]>> reports(JsonParser json, byte[] object) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "organization-name", "date-range", "contact-info", "report-id" -> {
                    return Optional.empty();
                }
                case "organization_name", "begin_date", "end_date", "contact_info", "report_id" -> {
                    return Optional.of(List.of(convert(object)));
                }
                case COMBINED -> {
                    return Optional.of(elements(json));
                }
                default -> json.skipChildren();
            }
        }
        return Optional.empty();
    }

    private static byte[] convert(byte[] object) throws IOException {
        try (JsonParser json = JSON.createParser(object)) {
            json.nextToken();
            return convert(json);
        }
    }

    private static List<byte[]> elements(JsonParser json) throws IOException {
        List<byte[]> reports = new ArrayList<>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    reports.add(convert(json));
                } else {
                    json.skipChildren();
                }
            }
        }
        return reports;
    }

    private static byte[] convert(JsonParser json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Part range = new Part();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                switch (name) {
                    case "begin_date" -> copy(json, range.out, "start-datetime");
                    case "end_date" -> copy(json, range.out, "end-datetime");
                    case "policies" -> {
                        out.writeFieldName(name);
                        if (value == JsonToken.START_ARRAY) {
                            policies(json, out);
                        } else {
                            out.copyCurrentStructureExact(json);
                        }
                    }
                    default -> copy(json, out, name.replace('_', '-'));
                }
            }
            range.writeTo(out, "date-range");
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void policies(JsonParser json, JsonGenerator out) throws IOException {
        out.writeStartArray();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                policy(json, out);
            } else {
                out.copyCurrentStructureExact(json);
            }
        }
        out.writeEndArray();
    }

    private static void policy(JsonParser json, JsonGenerator out) throws IOException {
        out.writeStartObject();
        Part terms = new Part();
        Part summary = new Part();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            switch (name) {
                case "successful_session_count", "failed_session_count" ->
                    copy(json, summary.out, NAMES.getOrDefault(name, name));
                case "failure_details" -> {
                    out.writeFieldName("failure-details");
                    if (value == JsonToken.START_ARRAY) {
                        details(json, out);
                    } else {
                        out.copyCurrentStructureExact(json);
                    }
                }
                default -> copy(json, terms.out, NAMES.getOrDefault(name, name.replace('_', '-')));
            }
        }
        terms.writeTo(out, "policy");
        summary.writeTo(out, "summary");
        out.writeEndObject();
    }

    private static void details(JsonParser json, JsonGenerator out) throws IOException {
        out.writeStartArray();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                out.copyCurrentStructureExact(json);
                continue;
            }
            out.writeStartObject();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                copy(json, out, DETAIL_NAMES.getOrDefault(name, name.replace('_', '-')));
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** Copies the value at the current token; a number keeps its digits. */
    private static void copy(JsonParser json, JsonGenerator out, String name) throws IOException {
        out.writeFieldName(name);
        if (json.currentToken().isNumeric()) {
            out.writeNumber(json.getText());
        } else {
            out.copyCurrentStructureExact(json);
        }
    }

    /** An object that is written beside the one it will be a member of. */
    private static final class Part {
        private final StringWriter written = new StringWriter();
        private final JsonGenerator out;

        Part() throws IOException {
            out = JSON.createGenerator(written);
            out.writeStartObject();
        }

        /** Ends the object and makes it a member. */
        void writeTo(JsonGenerator parent, String name) throws IOException {
            out.close();
            parent.writeFieldName(name);
            parent.writeRawValue(written.toString());
        }
    }
}

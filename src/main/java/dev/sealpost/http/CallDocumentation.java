package dev.sealpost.http;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.Style;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Puts the query parameters into the OpenAPI document, out of the same lists that requests are judged by. */
public final class CallDocumentation {
    private static final Map<String, Object> EXAMPLES = Map.ofEntries(
            Map.entry("domain", "example.com"),
            Map.entry("from", "2026-11-01"),
            Map.entry("to", "2026-11-30"),
            Map.entry("organization", "Google Inc."),
            Map.entry("resultType", "starttls-not-supported"),
            Map.entry("receivingMxHostname", "mx1.example.com"),
            Map.entry("receivingIp", "192.0.2.0/24"),
            Map.entry("sendingMtaIp", "2001:db8::/32"),
            Map.entry("reason", "not-a-report"),
            Map.entry("source", "192.0.2.1"));

    private final Map<String, List<Parameter>> calls;

    /** Of the calls with these operation ids. */
    public CallDocumentation(Map<String, List<Parameter>> calls) {
        this.calls = calls;
    }

    /** Completes an operation if it is one of these calls. */
    public Operation of(Operation operation) {
        String id = operation.getOperationId();
        List<Parameter> parameters = calls.getOrDefault(id == null ? "" : id, List.of());
        parameters.forEach(parameter -> operation.addParameter(document(parameter)));
        APIResponse rows = operation.getResponses().getAPIResponse("200");
        if (parameters.contains(Parameter.FORMAT) && rows != null) {
            tables(rows.getContent());
        }
        return operation;
    }

    private static void tables(Content content) {
        content.addMediaType(
                "text/csv",
                OASFactory.createMediaType()
                        .schema(text().description("All rows (RFC 4180), the first with the names of the columns;"
                                + " a text that a spreadsheet would run has an apostrophe before it")));
        content.addMediaType(
                "application/x-ndjson",
                OASFactory.createMediaType().schema(text().description("All rows, one JSON object a line")));
    }

    private static org.eclipse.microprofile.openapi.models.parameters.Parameter document(Parameter parameter) {
        Schema value = value(parameter);
        parameter.allowed().forEach(value::addEnumeration);
        Object example = EXAMPLES.get(parameter.name());
        if (example != null) {
            value.addExample(example);
        }
        org.eclipse.microprofile.openapi.models.parameters.Parameter documented = OASFactory.createParameter()
                .name(parameter.name())
                .in(In.QUERY)
                .required(false)
                .description(parameter.description())
                .schema(value);
        if (parameter.repeatable()) {
            documented
                    .style(Style.FORM)
                    .explode(true)
                    .schema(OASFactory.createSchema()
                            .addType(SchemaType.ARRAY)
                            .maxItems(Parameters.MAX_VALUES)
                            .items(value));
        }
        return documented;
    }

    private static Schema value(Parameter parameter) {
        if (parameter.equals(Parameter.LIMIT)) {
            return OASFactory.createSchema()
                    .addType(SchemaType.INTEGER)
                    .minimum(BigDecimal.ONE)
                    .maximum(BigDecimal.valueOf(Parameters.MAX_LIMIT))
                    .defaultValue(Parameters.DEFAULT_LIMIT);
        }
        Schema value = text().minLength(1).maxLength(parameter.maxChars());
        return parameter.name().equals("from") || parameter.name().equals("to") ? text().format("date") : value;
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}

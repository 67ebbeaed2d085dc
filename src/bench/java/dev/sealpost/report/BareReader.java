package dev.sealpost.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** What a careless program would do: a reused inflater and schema-bound streaming into objects, nothing checked. */
public final class BareReader {
    private final JsonFactory factory = new JsonFactory();
    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[1 << 20];

    /** The values of a report, as written. */
    public static final class Values {
        private final List<String> texts = new ArrayList<>();
        private final List<Values> children = new ArrayList<>();
        private long first;
        private long second;
    }

    public Values read(byte[] report) throws IOException, DataFormatException {
        inflater.reset();
        // The corpus has plain headers of ten bytes.
        inflater.setInput(report, 10, report.length - 18);
        int length = inflater.inflate(buffer);
        try (JsonParser json = factory.createParser(buffer, 0, length)) {
            json.nextToken();
            return object(json);
        }
    }

    private Values object(JsonParser json) throws IOException {
        Values values = new Values();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            switch (name) {
                case "organization-name", "contact-info", "report-id", "start-datetime", "end-datetime" ->
                    values.texts.add(json.getText());
                case "policy-type", "policy-domain", "result-type", "sending-mta-ip", "receiving-mx-hostname" ->
                    values.texts.add(json.getText());
                case "receiving-ip", "receiving-mx-helo", "additional-information", "failure-reason-code" ->
                    values.texts.add(json.getText());
                case "total-successful-session-count" -> values.first = json.getLongValue();
                case "total-failure-session-count", "failed-session-count" -> values.second = json.getLongValue();
                case "date-range", "policy", "summary" -> values.children.add(object(json));
                case "policies", "failure-details" -> {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        values.children.add(object(json));
                    }
                }
                case "policy-string", "mx-host" -> {
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        values.texts.add(json.getText());
                    }
                }
                default -> {
                    if (token.isStructStart()) {
                        json.skipChildren();
                    }
                }
            }
        }
        return values;
    }

    /** Keeps the compiler from leaving anything out. */
    public static long sum(Values values) {
        long sum = values.first + values.second + values.texts.size();
        for (Values child : values.children) {
            sum += sum(child);
        }
        return sum;
    }
}

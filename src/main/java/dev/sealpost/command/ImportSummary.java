package dev.sealpost.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.sealpost.store.ImportCounts;
import dev.sealpost.store.Imports;

/**
 * What an import came to.
 *
 * @param id of the import, as in the API
 */
record ImportSummary(String id, ImportCounts counts, Imports.Outcome outcome) {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    long quarantined() {
        return ImportCounts.sum(counts.quarantined());
    }

    long skipped() {
        return ImportCounts.sum(counts.skipped());
    }

    /** Handed over, and not in the tables yet. */
    long underWay() {
        return Math.max(0, counts.accepted() - outcome.stored() - outcome.duplicates());
    }

    /** A table for people. */
    void print(PrintWriter out) {
        line(out, "read", counts.read(), "documents");
        line(out, "stored", outcome.stored(), "reports that were not there before");
        line(out, "duplicates", outcome.duplicates(), "reports that were");
        if (underWay() > 0) {
            line(out, "under way", underWay(), "reports on the topic, for an aggregator to store");
        }
        line(out, "quarantined", quarantined(), "documents without a readable report");
        counts.quarantined().forEach((reason, count) -> line(out, "  " + reason, count, ""));
        line(out, "without report", counts.withoutReport(), "mails");
        line(out, "skipped", skipped(), "too large, damaged or no file");
        counts.skipped().forEach((reason, count) -> line(out, "  " + reason, count, ""));
        line(out, "bytes", counts.bytes(), "");
        out.flush();
    }

    private static void line(PrintWriter out, String name, long count, String what) {
        out.println("%-16s %12d  %s".formatted(name, count, what).stripTrailing());
    }

    /** One JSON object, with the names of the API. */
    void printJson(PrintWriter out) {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeNumberField("bytes", counts.bytes());
            json.writeNumberField("read", counts.read());
            json.writeNumberField("accepted", counts.accepted());
            json.writeNumberField("stored", outcome.stored());
            json.writeNumberField("duplicates", outcome.duplicates());
            json.writeNumberField("quarantined", quarantined());
            write(json, "reasons", counts.quarantined());
            json.writeNumberField("withoutReport", counts.withoutReport());
            json.writeNumberField("skipped", skipped());
            write(json, "skippedReasons", counts.skipped());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
        out.flush();
    }

    private static void write(JsonGenerator json, String name, Map<String, Long> reasons) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> reason : reasons.entrySet()) {
            json.writeNumberField(reason.getKey(), reason.getValue());
        }
        json.writeEndObject();
    }
}

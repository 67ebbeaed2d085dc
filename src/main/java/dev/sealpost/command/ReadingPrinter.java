package dev.sealpost.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.sealpost.report.Readable;
import dev.sealpost.report.Reading;
import dev.sealpost.report.Rejection;
import org.jspecify.annotations.Nullable;

/** Prints one file's readings as a JSON object. Only ASCII leaves it, so untrusted text cannot steer a terminal. */
final class ReadingPrinter {
    private final JsonFactory factory = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();
    private final PrintWriter out;
    private final boolean pretty;

    ReadingPrinter(PrintWriter out, boolean pretty) {
        this.out = out;
        this.pretty = pretty;
    }

    void print(String file, List<Reading> readings, @Nullable String error) {
        try (JsonGenerator json = factory.createGenerator(out)) {
            if (pretty) {
                json.setPrettyPrinter(new DefaultPrettyPrinter());
            }
            json.writeStartObject();
            // The shell's own text, but a file name too can be chosen by someone else.
            json.writeStringField("file", file.replace('\u007f', '?'));
            json.writeArrayFieldStart("reports");
            for (Reading reading : readings) {
                switch (reading) {
                    case Readable readable -> ReportJson.write(json, readable.report());
                    case Rejection rejection -> {
                        json.writeStartObject();
                        json.writeStringField("error", rejection.reason().label() + ": " + rejection.detail());
                        json.writeEndObject();
                    }
                }
            }
            json.writeEndArray();
            json.writeStringField("error", error);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
        out.flush();
    }
}

package dev.sealpost.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Answers with all rows of a table as CSV (RFC 4180) or NDJSON, row by row as the database gives them. */
@Singleton
public class Export {
    private final ObjectMapper json;
    private final ExportConfig config;
    private final CurrentVertxRequest current;

    Export(ObjectMapper json, ExportConfig config, CurrentVertxRequest current) {
        this.json = json;
        this.config = config;
        this.current = current;
    }

    /** Where rows come from: passes each to the consumer, in order. */
    @FunctionalInterface
    public interface Rows {
        /** Passes all rows on. */
        void forEach(Consumer<Map<String, @Nullable Object>> row);
    }

    /**
     * The answer.
     *
     * @param name of the file, without its ending
     * @param columns the names of the CSV's columns, keys of each row; NDJSON has every key of a row
     */
    public Response answer(Format format, String name, List<String> columns, Rows rows) {
        return Response.ok(inTime(body(format, columns, rows)), format.mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + name + (format == Format.CSV ? ".csv\"" : ".ndjson\""))
                .build();
    }

    /** Ends the stream of who does not read it in time: a thread and a connection to the database wait for him. */
    private StreamingOutput inTime(StreamingOutput body) {
        RoutingContext request = current.getCurrent();
        return out -> {
            long timer = request.vertx()
                    .setTimer(
                            config.deadline().toMillis(),
                            late -> request.response().reset());
            try {
                body.write(out);
            } finally {
                request.vertx().cancelTimer(timer);
            }
        };
    }

    StreamingOutput body(Format format, List<String> columns, Rows rows) {
        return format == Format.CSV ? out -> csv(out, columns, rows) : out -> ndjson(out, rows);
    }

    private static void csv(OutputStream out, List<String> columns, Rows rows) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(out, StandardCharsets.UTF_8)) {
            csv.writeRecord(columns);
            rows.forEach(row -> csv.writeRecord(
                    columns.stream().map(column -> cell(row.get(column))).toList()));
        }
    }

    /** A cell; text that a spreadsheet would run as a formula gets an apostrophe, since reporters choose it. */
    static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Number number -> number.toString();
            case Collection<?> parts ->
                text(parts.stream().map(part -> Objects.toString(part, "")).collect(Collectors.joining(" ")));
            case Map<?, ?> counts ->
                text(counts.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" ")));
            default -> text(value.toString());
        };
    }

    private static String text(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private void ndjson(OutputStream out, Rows rows) {
        rows.forEach(row -> {
            try {
                out.write(json.writeValueAsBytes(row));
                out.write('\n');
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        });
    }
}

package dev.sealpost.http;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Answers a list: a page of it as JSON, or all of it as CSV or NDJSON, page by page as it is read. */
@Singleton
public class Listing {
    /** What every list takes. */
    public static final List<Parameter> PARAMETERS = List.of(Parameter.LIMIT, Parameter.CURSOR, Parameter.FORMAT);

    private static final int STEP = 1_000;
    private static final TypeReference<Map<String, @Nullable Object>> ROW = new TypeReference<>() {};

    private final Export export;
    private final ObjectMapper json;

    Listing(Export export, ObjectMapper json) {
        this.export = export;
        this.json = json;
    }

    /** The parameters of a list that takes more. */
    public static List<Parameter> with(Parameter... more) {
        return Stream.concat(Stream.of(more), PARAMETERS.stream()).toList();
    }

    /** Reads items in the list's order: those after a position, at most so many. */
    @FunctionalInterface
    public interface Items<T> {
        /** The items after a position; from the first on if it is empty. */
        List<T> after(Optional<List<String>> position, int limit);
    }

    /**
     * A kind of list.
     *
     * @param name of the file that an export is
     * @param item whose components are the columns, but for those that have components themselves: NDJSON alone has these
     * @param position of an item, as the cursor keeps it
     * @param parts how many texts a position has
     */
    public record Kind<T extends Record>(String name, Class<T> item, Function<T, List<String>> position, int parts) {
        List<String> columns() {
            return Arrays.stream(item.getRecordComponents())
                    .filter(component -> !component.getType().isRecord())
                    .map(RecordComponent::getName)
                    .toList();
        }
    }

    /**
     * The answer.
     *
     * @throws ProblemException if a parameter of paging cannot be read, or no form that there is is accepted
     */
    public <T extends Record> Response answer(
            Parameters parameters, HttpHeaders headers, Kind<T> kind, Items<T> items) {
        Optional<List<String>> after = parameters.position(kind.parts);
        int limit = parameters.limit();
        Format format = Format.of(parameters, headers);
        if (format == Format.JSON) {
            return Response.ok(Page.of(items.after(after, limit + 1), parameters, kind.position))
                    .build();
        }
        return export.answer(format, kind.name, kind.columns(), row -> all(kind, items, row));
    }

    private <T extends Record> void all(Kind<T> kind, Items<T> items, Consumer<Map<String, @Nullable Object>> row) {
        Optional<List<String>> after = Optional.empty();
        List<T> page;
        do {
            page = items.after(after, STEP);
            page.forEach(item -> row.accept(json.convertValue(item, ROW)));
            after = page.isEmpty() ? after : Optional.of(kind.position.apply(page.getLast()));
        } while (page.size() == STEP);
    }
}

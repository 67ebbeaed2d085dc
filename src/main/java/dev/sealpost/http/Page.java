package dev.sealpost.http;

import java.util.List;
import java.util.function.Function;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor that goes on; null at the end
 */
public record Page<T>(
        List<T> items,

        @Schema(description = "The cursor that goes on; null at the end") @Nullable
        String next) {

    /**
     * The first {@code limit} of items, where one more than that was asked for to know whether the list goes on.
     *
     * @param position of an item, as the cursor keeps it
     */
    public static <T> Page<T> of(List<T> items, Parameters parameters, Function<T, List<String>> position) {
        int limit = parameters.limit();
        return items.size() <= limit
                ? new Page<>(items, null)
                : new Page<>(items.subList(0, limit), parameters.cursor(position.apply(items.get(limit - 1))));
    }
}

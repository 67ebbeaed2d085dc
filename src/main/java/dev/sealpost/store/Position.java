package dev.sealpost.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in grouped rows: that of one row.
 *
 * @param keys the row's groups as compared, in the order of the question
 * @param failed its failed sessions
 */
public record Position(List<String> keys, long failed) {
    public Position {
        keys = List.copyOf(keys);
    }

    /** The position as texts. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>(keys);
        parts.add(String.valueOf(failed));
        return parts;
    }

    /** The position of such texts; empty if they are none. */
    public static Optional<Position> of(List<String> parts) {
        try {
            return Optional.of(new Position(parts.subList(0, parts.size() - 1), Long.parseLong(parts.getLast())));
        } catch (NumberFormatException invented) {
            return Optional.empty();
        }
    }
}

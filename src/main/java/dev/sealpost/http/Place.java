package dev.sealpost.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in a list that goes from the newest to the oldest.
 *
 * @param received door time
 * @param id what tells two of one time apart
 */
public record Place(Instant received, UUID id) {
    /**
     * Where the list goes on; empty at the start.
     *
     * @throws ProblemException if the cursor is not one of such a list
     */
    public static Optional<Place> read(Parameters parameters) {
        return parameters.position(2).map(Place::of);
    }

    /**
     * The place of a position.
     *
     * @throws ProblemException if it is none
     */
    public static Place of(List<String> position) {
        try {
            return new Place(Instant.parse(position.getFirst()), UUID.fromString(position.getLast()));
        } catch (DateTimeException | IllegalArgumentException invented) {
            throw Parameter.CURSOR.refuse("the next of an answer to the same question");
        }
    }

    /** As the cursor keeps it. */
    public List<String> position() {
        return List.of(received.toString(), id.toString());
    }

    /** The id in a path; empty if the text is none, which no caller is told apart from an id that does not exist. */
    public static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}

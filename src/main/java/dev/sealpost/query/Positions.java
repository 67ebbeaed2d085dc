package dev.sealpost.query;

import java.util.Optional;

import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.store.Position;

/** Cursors of grouped rows. */
final class Positions {
    private Positions() {}

    /** The position to go on after, in rows of so many groups. */
    static Optional<Position> read(Parameters parameters, int groups) {
        return parameters
                .position(groups + 1)
                .map(parts -> Position.of(parts)
                        .orElseThrow(() -> Parameter.CURSOR.refuse("the next of an answer to the same question")));
    }
}

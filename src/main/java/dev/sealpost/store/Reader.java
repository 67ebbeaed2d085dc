package dev.sealpost.store;

import java.util.Optional;
import java.util.Set;

/** Who asks, and so which rows there are for the reads of this moment. */
public interface Reader {
    /** Sees everything: the program itself. */
    Reader PROGRAM = Optional::empty;

    /**
     * The bounds of a reader.
     *
     * @param tenant whose registered domains are seen
     * @param own further domains of the tenant, as long as nobody registers them
     * @param allUnregistered whether all domains that nobody registered are the tenant's
     * @param only the only domains that are seen; empty is no limit
     * @param caller the name of who asks
     */
    record Bounds(String tenant, Set<String> own, boolean allUnregistered, Set<String> only, String caller) {
        public Bounds {
            own = Set.copyOf(own);
            only = Set.copyOf(only);
        }
    }

    /** Whether somebody asks, and not the program itself; his questions get no connection that reports wait for. */
    default boolean asks() {
        return bounds().isPresent();
    }

    /** The bounds; empty if there are none. */
    Optional<Bounds> bounds();
}

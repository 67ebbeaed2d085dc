package dev.sealpost.store;

import java.util.Locale;

/** How far an import is. */
public enum ImportState {
    /** Waiting for its turn, or being read. */
    RUNNING,
    /** Read to its end; what could not be read is in its counts. */
    DONE,
    /** Ended before its end. */
    FAILED;

    /** The name in the API and in the table. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ImportState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}

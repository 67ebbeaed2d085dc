package dev.sealpost.watch;

import java.util.Arrays;
import java.util.Locale;

import dev.sealpost.http.Parameter;

/** Whether a domain is ours. */
public enum WatchState {
    /** Registered by the operator. */
    WATCHED,
    /** Named by a report and registered by nobody. */
    UNCLAIMED;

    /** The parameter {@code state} of the read API. */
    public static final Parameter PARAMETER = Parameter.one(
            "state",
            "Only domains that are watched, or only those that reports name and nobody registered.",
            Arrays.stream(values()).map(WatchState::label).toArray(String[]::new));

    /** The name in the API. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of an allowed label. */
    public static WatchState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}

package dev.sealpost.alert.detect;

import java.util.Locale;

/** How urgent, the least first. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    Severity raised() {
        return switch (this) {
            case LOW -> MEDIUM;
            case MEDIUM -> HIGH;
            case HIGH, CRITICAL -> CRITICAL;
        };
    }

    /** The name in the API, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

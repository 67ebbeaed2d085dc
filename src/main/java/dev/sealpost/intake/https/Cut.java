package dev.sealpost.intake.https;

import java.util.Locale;

/** Why a connection was cut. */
enum Cut {
    HEADERS,
    BODY,
    ANSWER,
    IDLE;

    /** The value of the metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

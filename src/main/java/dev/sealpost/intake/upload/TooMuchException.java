package dev.sealpost.intake.upload;

import java.io.IOException;

/** Ends the walk through one source that would never end by itself. */
final class TooMuchException extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuchException(String message) {
        super(message);
    }
}

package dev.sealpost.standalone;

import java.io.Serial;

/** An embedded part did not start; the message is for the person who started the program. */
public final class StandaloneException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    StandaloneException(String message) {
        super(message);
    }

    StandaloneException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.sealpost.standalone;

import java.io.Serial;

/** The data directory cannot be used; the message is one line for the person who started the program. */
public class DataDirectoryException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    DataDirectoryException(String message) {
        super(message);
    }

    DataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}

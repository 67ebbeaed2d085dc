package dev.sealpost.store;

import java.sql.SQLException;

/** The database refuses this data, today and tomorrow. */
public final class UnstorableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnstorableException(SQLException cause) {
        super(cause);
    }
}

package dev.sealpost.store;

import java.sql.SQLException;
import java.util.List;

/** The database cannot do this now: it is away, full, read-only, restarting, or two transactions met. Try again. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Classes of SQLSTATE that pass: connection, rollback, resources, lock, operator's intervention, read-only. */
    private static final List<String> PASSING = List.of("08", "40", "53", "55P03", "57P", "57014", "25006", "58");

    private StoreUnavailableException(String message, SQLException cause) {
        super(message, cause);
    }

    /** The exception for work that has to wait for something of ours. */
    public StoreUnavailableException(String message) {
        super(message);
    }

    /** The exception for a failed statement: this one if trying again may help, else {@link UnstorableException}. */
    static RuntimeException of(SQLException cause) {
        String state = cause.getSQLState();
        // Without a state it is the pool or the driver that failed, not the data.
        boolean passing = state == null || PASSING.stream().anyMatch(state::startsWith);
        return passing
                ? new StoreUnavailableException(cause.getMessage() + " (SQLSTATE " + state + ")", cause)
                : new UnstorableException(cause);
    }
}

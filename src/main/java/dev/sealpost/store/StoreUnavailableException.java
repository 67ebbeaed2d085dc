package dev.sealpost.store;

import java.sql.SQLException;
import java.util.List;

import org.postgresql.util.PSQLException;

/** The database cannot do this now: it is away, full, read-only, restarting, or two transactions met. Try again. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What SQLSTATE begins with where not the data is at fault but the moment, or somebody's setting that will be put right. */
    private static final List<String> PASSING = List.of(
            // The connection, or signing in on it: a password is being changed.
            "08",
            "28",
            // A plan made before the tables changed; the driver makes it anew.
            "0A000",
            "26000",
            // Read-only, as after a switch of the primary; a session or transaction that was idle for too long.
            "25006",
            "25P03",
            "25P04",
            // Rolled back, as in a deadlock; out of resources; locked or in use.
            "40",
            "53",
            "55",
            // The operator's intervention; a disk that fails.
            "57",
            "58",
            // The database, a schema, a table or a column that is not there (yet), or is not ours: no report's fault.
            "3D000",
            "3F000",
            "42P01",
            "42703",
            "42501");

    private static final String CHECK = "23514";

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
        boolean passing = state == null || PASSING.stream().anyMatch(state::startsWith) || met(cause);
        return passing
                ? new StoreUnavailableException(cause.getMessage() + " (SQLSTATE " + state + ")", cause)
                : new UnstorableException(cause);
    }

    /**
     * Whether a row was on its way into the default partition while its month's was made: next time it finds the month. What
     * a table's own constraint refuses has that constraint's name.
     */
    private static boolean met(SQLException cause) {
        return CHECK.equals(cause.getSQLState())
                && cause instanceof PSQLException refused
                && refused.getServerErrorMessage() != null
                && refused.getServerErrorMessage().getConstraint() == null;
    }
}

package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;

/** Moves the share of reports into the sealed part of their cells and deletes them: the cells stay as they are. */
@Singleton
class Sealing {
    private final AgroalDataSource database;
    private final Counting counting;
    private final SealedCells cells;
    private final Removal removal;

    Sealing(AgroalDataSource database, Counting counting, SealedCells cells, Removal removal) {
        this.database = database;
        this.counting = counting;
        this.cells = cells;
        this.removal = removal;
    }

    /**
     * Seals locked reports.
     *
     * @param units where they have their shares
     * @return false if a newer program made some of their cells: then everything has to be rolled back
     */
    boolean seal(Connection connection, List<Removal.Doomed> reports, Collection<Unit> units) throws SQLException {
        return counting.keep(connection, units, () -> {
            cells.add(connection, reports);
            removal.delete(connection, reports);
        });
    }

    /** Gives back the room of deleted rows, so that what is left of a table is read at once. */
    void shrink(String table) {
        try (Connection connection = database.getConnection()) {
            boolean transactions = !connection.getAutoCommit();
            connection.setAutoCommit(true);
            Partitions.run(connection, "VACUUM " + table);
            connection.setAutoCommit(!transactions);
        } catch (SQLException e) {
            throw StoreUnavailableException.of(e);
        }
    }
}

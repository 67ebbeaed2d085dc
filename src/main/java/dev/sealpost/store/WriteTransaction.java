package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;

/** Does one thing in the database, wholly or not at all. */
@Singleton
class WriteTransaction {
    private final AgroalDataSource database;

    WriteTransaction(AgroalDataSource database) {
        this.database = database;
    }

    /**
     * Does the work and commits it.
     *
     * @throws StoreUnavailableException if the database cannot take it now; nothing is done then
     * @throws UnstorableException if it will never take it
     */
    <T> T write(ReadTransaction.Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw StoreUnavailableException.of(e);
        }
    }

    /** Runs one statement and says how many rows it changed. */
    int update(Sql sql) {
        return write(connection -> update(connection, sql));
    }

    /** One statement among several. */
    static int update(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            return statement.executeUpdate();
        }
    }
}

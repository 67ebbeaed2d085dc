package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;

/**
 * Reads in a transaction that cannot write, sees one state throughout, and is ended by the database after 10 s. Where the
 * reader is bound to a tenant, so is the transaction: the database itself shows no other rows.
 */
@Singleton
class ReadTransaction {
    private static final int FETCH = 500;

    private static final String BIND = "SELECT set_config('sealpost.tenant', ?, true),"
            + " set_config('sealpost.own', ?, true), set_config('sealpost.only', ?, true),"
            + " set_config('sealpost.caller', ?, true)";

    private final AgroalDataSource database;
    private final AgroalDataSource questions;
    private final Reader reader;

    /** @param questions connections for those that somebody asks, however many and however long */
    @Inject
    ReadTransaction(AgroalDataSource database, @DataSource("query") AgroalDataSource questions, Reader reader) {
        this.database = database;
        this.questions = questions;
        this.reader = reader;
    }

    /** Reads for a reader. */
    ReadTransaction(AgroalDataSource database, Reader reader) {
        this(database, database, reader);
    }

    /** Reads for the program itself. */
    ReadTransaction(AgroalDataSource database) {
        this(database, Reader.PROGRAM);
    }

    /** What is done with the connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /**
     * Does the work.
     *
     * @throws StoreUnavailableException if the database cannot answer now, or not in time
     */
    <T> T read(Work<T> work) {
        return read(work, "10s");
    }

    /** Does work that takes its time, such as a check of everything. */
    <T> T readAtLeisure(Work<T> work) {
        return read(work, "0");
    }

    private <T> T read(Work<T> work, String longest) {
        try (Connection connection = (reader.asks() ? questions : database).getConnection()) {
            connection.setAutoCommit(false);
            try (Statement begin = connection.createStatement()) {
                // On one way to the database; an export that nobody reads gives its connection back.
                begin.execute(
                        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL statement_timeout = '"
                                + longest + "'; SET LOCAL idle_in_transaction_session_timeout = '30s'");
                bind(connection, reader);
                return work.with(connection);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw StoreUnavailableException.of(e);
        }
    }

    /** From here on the transaction sees what the reader sees; the program sees everything. */
    static void bind(Connection connection, Reader reader) throws SQLException {
        Optional<Reader.Bounds> bounds = reader.bounds();
        if (bounds.isPresent()) {
            run(connection, "SET LOCAL ROLE sealpost_reader");
            bind(connection, bounds.get());
        }
    }

    /** Whether the reader sees a row, in the transaction of a writer, which goes on unbound. */
    static boolean sees(Connection connection, Reader reader, Sql row) throws SQLException {
        if (reader.bounds().isEmpty()) {
            return true;
        }
        bind(connection, reader);
        boolean seen = !list(connection, row, any -> true).isEmpty();
        run(connection, "RESET ROLE");
        return seen;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void bind(Connection connection, Reader.Bounds bounds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BIND)) {
            statement.setString(1, bounds.tenant());
            statement.setString(2, bounds.allUnregistered() ? "*" : blanks(bounds.own()));
            statement.setString(3, blanks(bounds.only()));
            statement.setString(4, bounds.caller());
            statement.execute();
        }
    }

    /** Names with a blank before and behind each; no domain has one. */
    private static String blanks(Set<String> domains) {
        return domains.isEmpty() ? "" : " " + String.join(" ", domains) + " ";
    }

    /** All rows of one question. */
    <T> List<T> list(Sql sql, Row<T> row) {
        return read(connection -> list(connection, sql, row));
    }

    /** All rows of one question among several. */
    static <T> List<T> list(Connection connection, Sql sql, Row<T> row) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(row.of(result));
            }
        }
        return rows;
    }

    /** Passes each row on as it comes; there may be more than memory holds. */
    <T> void forEach(Sql sql, Row<T> row, Consumer<T> consumer) {
        read(connection -> {
            try (PreparedStatement statement = sql.prepare(connection)) {
                statement.setFetchSize(FETCH);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        consumer.accept(row.of(result));
                    }
                }
            }
            return true;
        });
    }
}

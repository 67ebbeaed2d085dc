package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Many rows in one statement: a column becomes an array parameter, and {@code unnest} makes rows of them again. */
final class Bulk<R> {
    private record Column<R>(String name, String type, String cast, Function<R, @Nullable Object> value) {}

    private final String table;
    private final List<Column<R>> columns = new ArrayList<>();

    Bulk(String table) {
        this.table = table;
    }

    Bulk<R> column(String name, String type, Function<R, @Nullable Object> value) {
        columns.add(new Column<>(name, type, "", value));
        return this;
    }

    /** A column of type {@code text[]}; it travels as a literal, since unnest would flatten an array of arrays. */
    Bulk<R> texts(String name, Function<R, ? extends Collection<String>> values) {
        columns.add(new Column<>(name, "text", "::text[]", row -> literal(values.apply(row))));
        return this;
    }

    /** A column of type {@code bigint[]}, as a literal like one of texts. */
    Bulk<R> numbers(String name, Function<R, ? extends Collection<Long>> values) {
        columns.add(new Column<>(
                name,
                "text",
                "::bigint[]",
                row -> values.apply(row).stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"))));
        return this;
    }

    /** The INSERT, its rows named {@code u}; whatever follows (ON CONFLICT, RETURNING) is the caller's. */
    String insert() {
        return "INSERT INTO " + table + " (" + names("") + ") SELECT "
                + columns.stream().map(c -> "u." + c.name + c.cast).collect(Collectors.joining(", ")) + " FROM "
                + rows();
    }

    /** {@code unnest(...) AS u(...)}: the rows as a table. */
    String rows() {
        return "unnest(" + columns.stream().map(c -> "?::" + c.type + "[]").collect(Collectors.joining(", "))
                + ") AS u(" + names("") + ")";
    }

    /** Binds all rows from a parameter on, and says which parameter is the next. */
    int bind(Connection connection, PreparedStatement statement, List<R> rows, int first) throws SQLException {
        int parameter = first;
        for (Column<R> column : columns) {
            @Nullable Object[] values = values(column.type, rows.size());
            for (int i = 0; i < values.length; i++) {
                values[i] = column.value.apply(rows.get(i));
            }
            statement.setArray(parameter++, connection.createArrayOf(column.type, values));
        }
        return parameter;
    }

    /** Of a type that the driver can send in binary, where it has such a type for what the database has. */
    private static @Nullable Object[] values(String type, int size) {
        return switch (type) {
            case "bytea" -> new byte[size][];
            case "text" -> new String[size];
            case "bigint" -> new Long[size];
            case "integer" -> new Integer[size];
            case "smallint" -> new Short[size];
            case "boolean" -> new Boolean[size];
            default -> new Object[size];
        };
    }

    /** Inserts all rows. */
    void insertAll(Connection connection, List<R> rows) throws SQLException {
        run(connection, insert(), rows);
    }

    /** Runs a statement whose parameters are these rows; does nothing when there are none. */
    void run(Connection connection, String sql, List<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, rows, 1);
            statement.executeUpdate();
        }
    }

    /** Runs a statement whose parameters are these rows, and passes on what it returns; nothing when there are none. */
    void query(Connection connection, String sql, List<R> rows, Returned returned) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, rows, 1);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    returned.take(result);
                }
            }
        }
    }

    /** Takes one row that a statement returned. */
    @FunctionalInterface
    interface Returned {
        void take(ResultSet row) throws SQLException;
    }

    private String names(String prefix) {
        return columns.stream().map(c -> prefix + c.name).collect(Collectors.joining(", "));
    }

    private static String literal(Collection<String> values) {
        return values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}

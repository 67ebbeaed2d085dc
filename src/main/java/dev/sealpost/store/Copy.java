package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Many new rows by COPY in its binary format, which costs the database far less than arrays of texts that it has to read.
 * There is no ON CONFLICT: the rows are known to be new.
 */
final class Copy<R> {
    /** Writes a column of a row. */
    @FunctionalInterface
    interface Field<R> {
        void write(CopyBuffer buffer, R row);
    }

    private static final int CHUNK_BYTES = 1 << 18;

    private final String table;
    private final List<String> names = new ArrayList<>();
    private final List<Field<R>> fields = new ArrayList<>();

    Copy(String table) {
        this.table = table;
    }

    Copy<R> column(String name, Field<R> field) {
        names.add(name);
        fields.add(field);
        return this;
    }

    void insertAll(Connection connection, List<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String sql = names.stream()
                .collect(Collectors.joining(", ", "COPY " + table + " (", ") FROM STDIN (FORMAT binary)"));
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            CopyBuffer buffer = new CopyBuffer(CHUNK_BYTES);
            buffer.header();
            for (R row : rows) {
                buffer.row(fields.size());
                fields.forEach(field -> field.write(buffer, row));
                if (buffer.size() >= CHUNK_BYTES) {
                    flush(copy, buffer);
                }
            }
            buffer.end();
            flush(copy, buffer);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void flush(CopyIn copy, CopyBuffer buffer) throws SQLException {
        copy.writeToCopy(buffer.bytes(), 0, buffer.size());
        buffer.clear();
    }
}

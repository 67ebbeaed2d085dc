package dev.sealpost.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/** Rules and silences as people wrote them; what is in them is known to those who apply them. */
@Singleton
public class AlertSettings {
    private static final int MOST = 10_000;
    private static final int MOST_OF_ONE = 200;

    private final ReadTransaction reading;
    private final WriteTransaction writing;

    AlertSettings(ReadTransaction reading, WriteTransaction writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /** What a setting is. */
    public enum Kind {
        RULE("alert_rule"),
        SILENCE("alert_silence");

        private final String table;

        Kind(String table) {
            this.table = table;
        }
    }

    /**
     * A setting.
     *
     * @param tenant whose it is; null is the operator's, for all
     * @param until when it ends; null for rules
     * @param definition JSON
     */
    public record Entry(
            UUID id,
            @Nullable String tenant,
            Instant created,
            @Nullable Instant until,
            String definition) {}

    /** All that the reader sees, the oldest first. */
    public List<Entry> all(Kind kind) {
        return reading.read(connection -> list(connection, kind));
    }

    static List<Entry> list(Connection connection, Kind kind) throws SQLException {
        return ReadTransaction.list(
                connection,
                new Sql("SELECT * FROM " + kind.table + " ORDER BY created_at, id LIMIT " + MOST),
                row -> entry(kind, row));
    }

    /** One, if the reader sees it. */
    public Optional<Entry> find(Kind kind, UUID id) {
        return reading
                .list(new Sql("SELECT * FROM " + kind.table + " WHERE id = ?", id), row -> entry(kind, row))
                .stream()
                .findFirst();
    }

    private static Entry entry(Kind kind, ResultSet row) throws SQLException {
        return new Entry(
                row.getObject("id", UUID.class),
                row.getString("tenant"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                kind == Kind.RULE
                        ? null
                        : row.getObject("until", OffsetDateTime.class).toInstant(),
                row.getString("definition"));
    }

    /**
     * Keeps a new setting, or a changed one in place of what it was.
     *
     * @return false if this tenant, or the operator, has too many already
     */
    public boolean put(Kind kind, Entry entry) {
        return writing.write(connection -> {
            if (others(connection, kind, entry) >= MOST_OF_ONE) {
                return false;
            }
            boolean rule = kind == Kind.RULE;
            try (var put = connection.prepareStatement("INSERT INTO " + kind.table
                    + " (id, tenant, created_at, definition" + (rule ? "" : ", until") + ") VALUES (?, ?, ?, ?::json"
                    + (rule ? "" : ", ?") + ") ON CONFLICT (id) DO UPDATE SET definition = excluded.definition"
                    + (rule ? "" : ", until = excluded.until"))) {
                put.setObject(1, entry.id());
                put.setString(2, entry.tenant());
                put.setObject(3, entry.created().atOffset(ZoneOffset.UTC));
                put.setString(4, entry.definition());
                Instant until = entry.until();
                if (until != null) {
                    put.setObject(5, until.atOffset(ZoneOffset.UTC));
                }
                put.executeUpdate();
            }
            return true;
        });
    }

    private static long others(Connection connection, Kind kind, Entry entry) throws SQLException {
        Sql sql = new Sql("SELECT count(*) FROM " + kind.table + " WHERE id <> ?", entry.id());
        String tenant = entry.tenant();
        sql.add(
                tenant == null ? " AND tenant IS NULL" : " AND tenant = ?",
                tenant == null ? new Object[0] : new Object[] {tenant});
        return ReadTransaction.list(connection, sql, row -> row.getLong(1)).getFirst();
    }

    /** Removes a setting; whether it was there. */
    public boolean remove(Kind kind, UUID id) {
        return writing.update(new Sql("DELETE FROM " + kind.table + " WHERE id = ?", id)) > 0;
    }
}

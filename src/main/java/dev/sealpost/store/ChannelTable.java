package dev.sealpost.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/** The channels. Who is bound to a tenant sees and changes that tenant's alone; an empty tenant is who sees all. */
@Singleton
public class ChannelTable {
    private static final String COLUMNS =
            "c.id, c.tenant, c.name, c.type, c.enabled, c.severity, c.domains, c.settings,"
                    + " c.secrets, c.created_at, c.digest_at";

    private static final String STATE = """
            SELECT c.paused_until, c.last_error,
                (SELECT count(*) FROM message m WHERE m.channel = c.id AND m.state = 'waiting')::int AS waiting,
                (SELECT count(*) FROM delivery d WHERE d.channel = c.id AND NOT d.done)::int AS held
            FROM channel c WHERE c.id = ?""";

    private final WriteTransaction transactions;

    /** Readers may not read this table, which has secrets; so it is not asked in their name. */
    ChannelTable(WriteTransaction transactions) {
        this.transactions = transactions;
    }

    /** A place in the list: that of one channel. */
    public record Place(Instant created, UUID id) {}

    /** Keeps a new channel; false if its owner has so many already. */
    public boolean insert(ChannelRow row, int most) {
        return transactions.write(connection -> {
            Locks.hold(connection, Locks.CHANNELS);
            String owner = row.tenant() == null ? "" : row.tenant();
            int there = ReadTransaction.list(
                            connection,
                            new Sql("SELECT count(*)::int FROM channel WHERE coalesce(tenant, '') = ?", owner),
                            found -> found.getInt(1))
                    .getFirst();
            if (there >= most) {
                return false;
            }
            Sql insert = new Sql(
                    "INSERT INTO channel (id, tenant, name, type, enabled, severity, domains, settings, secrets, created_at,"
                            + " digest_at) VALUES (?, nullif(?, ''), ?, ?, ?, ?, ?, ?::json, ?::json, ?,"
                            + " nullif(?, '')::timestamptz)",
                    row.id(),
                    owner,
                    row.name(),
                    row.type(),
                    row.enabled(),
                    row.severity(),
                    row.domains(),
                    row.settings(),
                    row.secrets(),
                    row.created(),
                    text(row.digestAt()));
            return WriteTransaction.update(connection, insert) > 0;
        });
    }

    /** Changes a channel, all but its id, type, owner and age; what is broken is tried again at once. */
    public void update(ChannelRow row) {
        transactions.update(new Sql(
                "UPDATE channel SET name = ?, enabled = ?, severity = ?, domains = ?, settings = ?::json,"
                        + " secrets = ?::json, digest_at = nullif(?, '')::timestamptz, look_at = NULL,"
                        + " paused_until = NULL, failures = 0, last_error = '' WHERE id = ?",
                row.name(),
                row.enabled(),
                row.severity(),
                row.domains(),
                row.settings(),
                row.secrets(),
                text(row.digestAt()),
                row.id()));
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }

    /** Deletes a channel and what waits for it; false if there is none. */
    public boolean delete(UUID id, Optional<String> tenant) {
        Sql delete = new Sql("DELETE FROM channel c WHERE c.id = ?", id);
        return transactions.update(bound(delete, tenant)) > 0;
    }

    /** A channel. */
    public Optional<ChannelRow> find(UUID id, Optional<String> tenant) {
        Sql sql = bound(new Sql("SELECT " + COLUMNS + " FROM channel c WHERE c.id = ?", id), tenant);
        return list(sql).stream().findFirst();
    }

    /** Channels after a place, oldest first, at most so many. */
    public List<ChannelRow> list(Optional<String> tenant, Optional<Place> after, int limit) {
        Sql sql = bound(new Sql("SELECT " + COLUMNS + " FROM channel c WHERE true"), tenant);
        after.ifPresent(place -> sql.add(" AND (c.created_at, c.id) > (?::timestamptz, ?)", place.created, place.id));
        return list(sql.add(" ORDER BY c.created_at, c.id LIMIT ?", limit));
    }

    private List<ChannelRow> list(Sql sql) {
        return transactions.write(connection -> ReadTransaction.list(connection, sql, ChannelTable::row));
    }

    private static Sql bound(Sql sql, Optional<String> tenant) {
        tenant.ifPresent(name -> sql.add(" AND c.tenant = ?", name));
        return sql;
    }

    /** How a channel is doing. */
    public Optional<ChannelState> state(UUID id) {
        return transactions.write(
                connection -> ReadTransaction.list(connection, new Sql(STATE, id), ChannelTable::state).stream()
                        .findFirst());
    }

    private static ChannelState state(ResultSet row) throws SQLException {
        return new ChannelState(
                instant(row, "paused_until"), row.getString("last_error"), row.getInt("waiting"), row.getInt("held"));
    }

    static Optional<ChannelRow> find(Connection connection, UUID id) throws SQLException {
        Sql sql = new Sql("SELECT " + COLUMNS + " FROM channel c WHERE c.id = ?", id);
        return ReadTransaction.list(connection, sql, ChannelTable::row).stream().findFirst();
    }

    private static ChannelRow row(ResultSet row) throws SQLException {
        return new ChannelRow(
                row.getObject("id", UUID.class),
                row.getString("tenant"),
                row.getString("name"),
                row.getString("type"),
                row.getBoolean("enabled"),
                row.getInt("severity"),
                ReportList.texts(row, "domains"),
                row.getString("settings"),
                row.getString("secrets"),
                ReportList.instant(row, "created_at"),
                instant(row, "digest_at"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

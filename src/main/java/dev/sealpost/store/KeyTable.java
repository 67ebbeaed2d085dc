package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import jakarta.inject.Singleton;

import dev.sealpost.report.DomainName;
import org.jspecify.annotations.Nullable;

/** The keys. Changed one after the other, each change with the next number, so that doors can ask what is new. */
@Singleton
public class KeyTable {
    private static final String ALL = "SELECT *, encode(hash, 'hex') AS hex FROM access_key WHERE ";
    private static final String INSERT = """
            INSERT INTO access_key (id, hash, prefix, role, tenant, domains, created_at, expires_at, change)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::timestamptz, nextval('access_key_change'))""";

    private final ReadTransaction reading;
    private final WriteTransaction writing;

    KeyTable(ReadTransaction reading, WriteTransaction writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /** A domain as it is kept; empty if the text is none. */
    public static Optional<String> domain(String text) {
        return DomainName.parse(text).map(DomainName::value);
    }

    /** Keeps a new key. */
    public void insert(StoredKey key) {
        @Nullable Instant expires = key.expires();
        writing.write(connection -> {
            Locks.hold(connection, Locks.KEYS);
            return WriteTransaction.update(
                    connection,
                    new Sql(
                            INSERT,
                            key.id(),
                            HexFormat.of().parseHex(key.hash()),
                            key.prefix(),
                            key.role(),
                            key.tenant(),
                            key.domains(),
                            key.created(),
                            expires == null ? "infinity" : expires.toString()));
        });
    }

    /**
     * Revokes a key from a time on.
     *
     * @param owner whose keys are meant
     * @return the tenant of the key; empty if there is none. One that is revoked already stays so
     */
    public Optional<String> revoke(UUID id, Instant time, Owner owner) {
        return writing.write(connection -> {
            Locks.hold(connection, Locks.KEYS);
            Sql revoke = new Sql("""
                    UPDATE access_key SET revoked_at = coalesce(revoked_at, ?), change = nextval('access_key_change')
                    WHERE id = ?""", time, id);
            return ReadTransaction.list(
                            connection, owner.limit(revoke).add(" RETURNING tenant"), row -> row.getString(1))
                    .stream()
                    .findFirst();
        });
    }

    /**
     * Whose keys are meant.
     *
     * @param tenant the only tenant; empty is all
     * @param domains a key must be limited to some of these; empty is no condition
     */
    public record Owner(Optional<String> tenant, Set<String> domains) {
        /** Everybody's. */
        public static final Owner ANYBODY = new Owner(Optional.empty(), Set.of());

        public Owner {
            domains = Set.copyOf(domains);
        }

        private Sql limit(Sql sql) {
            tenant.ifPresent(name -> sql.add(" AND tenant = ?", name));
            return domains.isEmpty() ? sql : sql.add(" AND domains <> '{}' AND domains <@ ?::text[]", domains);
        }
    }

    /** Notes that a key was used, if that was not noted for so long. */
    public void used(UUID id, Instant now, Duration noted) {
        writing.update(new Sql(
                "UPDATE access_key SET used_at = ? WHERE id = ? AND coalesce(used_at, '-infinity') < ?",
                now,
                id,
                now.minus(noted)));
    }

    /** The keys that were not revoked, oldest first, after a place, at most so many. */
    public List<StoredKey> list(Optional<Place> after, int limit, Owner owner) {
        Sql sql = owner.limit(new Sql(ALL + "revoked_at IS NULL"));
        after.ifPresent(place -> sql.add(" AND (created_at, id) > (?::timestamptz, ?)", place.created(), place.id()));
        sql.add(" ORDER BY created_at, id LIMIT ?", limit);
        // Not as a reader: callers that are bound to a tenant may not read the table, and are told what is theirs here.
        return writing.write(connection -> ReadTransaction.list(connection, sql, KeyTable::key));
    }

    /** A place in the list: that of one key. */
    public record Place(Instant created, UUID id) {}

    /** The keys of these hashes, revoked ones too. */
    public List<StoredKey> ofHashes(Collection<String> hashes) {
        // An array of bytea would need another way to travel; a hash is 64 characters.
        return hashes.isEmpty()
                ? List.of()
                // Not as a reader: who reads is not known yet.
                : writing.write(connection -> ReadTransaction.list(
                        connection,
                        new Sql(ALL + "hash IN (SELECT decode(h, 'hex') FROM unnest(?::text[]) AS u(h))", hashes),
                        KeyTable::key));
    }

    /** Passes on every key whose last change has a higher number than this one, with that number, in order. */
    public void changes(long after, BiConsumer<StoredKey, Long> consumer) {
        reading.forEach(
                new Sql(ALL + "change > ? ORDER BY change", after),
                row -> new Change(key(row), row.getLong("change")),
                change -> consumer.accept(change.key, change.number));
    }

    private record Change(StoredKey key, long number) {}

    private static StoredKey key(ResultSet row) throws SQLException {
        return new StoredKey(
                row.getObject("id", UUID.class),
                row.getString("hex"),
                row.getString("prefix"),
                row.getString("role"),
                row.getString("tenant"),
                Set.copyOf(ReportList.texts(row, "domains")),
                ReportList.instant(row, "created_at"),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                instant(row, "used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null || time.equals(OffsetDateTime.MAX) ? null : time.toInstant();
    }
}

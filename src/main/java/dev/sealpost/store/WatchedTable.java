package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

/** The domains registered over the API. Changed one after the other, each change with the next number. */
@Singleton
public class WatchedTable {
    /** The tenant that always exists. */
    public static final String DEFAULT_TENANT = "default";

    private static final String PUT = """
            INSERT INTO watched_domain AS w (domain, tenant, mx_hosts, created_at, change, replay_due)
            VALUES (?, ?, ?, ?, nextval('watched_domain_change'), CASE WHEN ? THEN ?::timestamptz END)
            ON CONFLICT (domain) DO UPDATE SET tenant = excluded.tenant, mx_hosts = excluded.mx_hosts,
                created_at = excluded.created_at, removed = false, change = excluded.change,
                replay_due = excluded.replay_due""";

    private final ReadTransaction reading;
    private final WriteTransaction writing;

    WatchedTable(ReadTransaction reading, WriteTransaction writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /** A registered domain. */
    public record Watched(String domain, String tenant, List<String> mxHosts) {}

    /** What became of a domain since a change. */
    public record Change(long number, String domain, boolean removed) {}

    /** Takes changes one by one. */
    @FunctionalInterface
    public interface Changes {
        void take(Change change);
    }

    /**
     * Registers a domain, or changes what is said of it; what is absent stays as it was.
     *
     * @param unclaimed whether nobody watched it until now if it is new here: then its reports are to be read again
     * @return whether it is new
     */
    public boolean put(
            String domain, Optional<String> tenant, Optional<List<String>> mxHosts, boolean unclaimed, Instant now) {
        return writing.write(connection -> {
            Locks.hold(connection, Locks.DOMAINS);
            Optional<Watched> before =
                    find(connection, List.of(domain)).stream().findFirst();
            noteHosts(connection, domain, mxHosts.orElse(List.of()));
            if (before.isPresent()) {
                Sql update = new Sql(
                        "UPDATE watched_domain SET tenant = ?, mx_hosts = ? WHERE domain = ?",
                        tenant.orElse(before.get().tenant),
                        mxHosts.orElse(before.get().mxHosts),
                        domain);
                WriteTransaction.update(connection, update);
                return false;
            }
            Sql insert =
                    new Sql(PUT, domain, tenant.orElse(DEFAULT_TENANT), mxHosts.orElse(List.of()), now, unclaimed, now);
            return WriteTransaction.update(connection, insert) > 0;
        });
    }

    /** Removes a domain; whether it was there. */
    public boolean remove(String domain) {
        return writing.write(connection -> {
            Locks.hold(connection, Locks.DOMAINS);
            noteHosts(connection, domain, List.of());
            Sql remove = new Sql("""
                    UPDATE watched_domain
                    SET removed = true, replay_due = NULL, change = nextval('watched_domain_change')
                    WHERE domain = ? AND NOT removed""", domain);
            return WriteTransaction.update(connection, remove) > 0;
        });
    }

    /** Whose policies the hosts' are may change with the domain: of those it has, is to have, and is known to have. */
    private static void noteHosts(Connection connection, String domain, List<String> hosts) throws SQLException {
        Set<String> all = new TreeSet<>(hosts);
        all.add(domain);
        ReadTransaction.list(connection, new Sql("""
                        SELECT unnest(mx_hosts) AS host FROM watched_domain WHERE domain = ?
                        UNION SELECT host FROM mx_owner WHERE domain = ?""", domain, domain), row -> all.add(row.getString("host")));
        HostChanges.due(connection, all);
    }

    /** Those of the domains that are registered. */
    public List<Watched> find(Collection<String> domains) {
        return reading.read(connection -> find(connection, domains));
    }

    /**
     * The names of a tenant's domains; empty if they are more than so many.
     *
     * @param own further ones, as long as nobody registers them
     */
    public Optional<Set<String>> ofTenant(String tenant, Collection<String> own, int most) {
        Sql names = new Sql("""
                (SELECT domain FROM watched_domain WHERE tenant = ? AND NOT removed LIMIT ?)
                UNION ALL SELECT domain FROM unnest(?::text[]) AS o(domain)
                WHERE NOT EXISTS (SELECT FROM registered_domain r WHERE r.domain = o.domain)""", tenant, most + 1, own);
        Set<String> found = new TreeSet<>(reading.list(names, row -> row.getString(1)));
        return found.size() > most ? Optional.empty() : Optional.of(found);
    }

    private static List<Watched> find(Connection connection, Collection<String> domains) throws SQLException {
        Sql sql = new Sql("SELECT * FROM watched_domain WHERE domain = ANY (?) AND NOT removed", domains);
        return ReadTransaction.list(
                connection,
                sql,
                row -> new Watched(
                        row.getString("domain"), row.getString("tenant"), ReportList.texts(row, "mx_hosts")));
    }

    /** The names of those of the domains that are registered. */
    static Set<String> among(Connection connection, Collection<String> domains) throws SQLException {
        return domains.isEmpty()
                ? Set.of()
                : find(connection, domains).stream().map(Watched::domain).collect(Collectors.toSet());
    }

    /** Passes on every domain whose last change has a higher number than this one, in order. */
    public void changes(long after, Changes changes) {
        reading.forEach(
                new Sql("SELECT change, domain, removed FROM watched_domain WHERE change > ? ORDER BY change", after),
                row -> new Change(row.getLong(1), row.getString(2), row.getBoolean(3)),
                changes::take);
    }
}

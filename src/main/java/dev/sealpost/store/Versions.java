package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.report.ReportIdentity;

/**
 * Decides which of several versions of a report counts: the one an operator prefers, then the best provenance, then the
 * earliest at the door. Versions are reports of one identity and other content; at equal provenance they are contested.
 */
@Singleton
class Versions {
    /** What versions have in common. */
    record Version(LocalDate day, ReportIdentity identity) {}

    /** So many locks at the most; the memory that the database has for locks is bounded. */
    private static final int BUCKETS = 64;

    static final Bulk<Version> BULK = new Bulk<Version>("report")
            .column("day", "date", Version::day)
            .column("identity", "bytea", version -> version.identity.hash())
            .column("least", "uuid", version -> ReportId.least(version.day, version.identity))
            .column("greatest", "uuid", version -> ReportId.greatest(version.day, version.identity));
    private static final String SEVERAL = """
            SELECT r.identity FROM %s
            JOIN report r ON r.day = u.day AND r.id BETWEEN u.least AND u.greatest AND r.identity = u.identity
            GROUP BY r.day, r.identity HAVING count(*) > 1
            UNION ALL
            SELECT g.identity FROM %s
            JOIN gone_report g ON g.day = u.day AND g.id BETWEEN u.least AND u.greatest AND g.identity = u.identity
                AND g.sealed""".formatted(BULK.rows(), BULK.rows());

    private static final String STORED = """
            SELECT r.day, r.organization, r.domains FROM %s
            JOIN report r ON r.day = u.day AND r.id BETWEEN u.least AND u.greatest AND r.identity = u.identity""".formatted(BULK.rows());

    // What was sealed into its cells counts for ever.
    private static final String DECIDED = """
            (SELECT r.day, r.id, r.identity, r.organization, r.domains, r.counts AS counted, r.contested AS disputed,
                NOT EXISTS (SELECT FROM gone_report g WHERE g.day = u.day AND g.id BETWEEN u.least AND u.greatest
                    AND g.identity = u.identity AND g.sealed)
                  AND row_number() OVER (PARTITION BY r.day, r.identity
                    ORDER BY r.preferred DESC, r.rank, r.received_at, r.receipt) = 1 AS counts,
                r.rank = min(r.rank) OVER (PARTITION BY r.day, r.identity)
                  AND count(*) OVER (PARTITION BY r.day, r.identity, r.rank) > 1
                  AND NOT bool_or(r.preferred) OVER (PARTITION BY r.day, r.identity) AS contested
             FROM %s
             JOIN report r ON r.day = u.day AND r.id BETWEEN u.least AND u.greatest AND r.identity = u.identity) v
            """.formatted(BULK.rows());
    private static final String SETTLE = """
            UPDATE report r SET counts = v.counts, contested = v.contested
            FROM %s WHERE r.day = v.day AND r.id = v.id AND (r.counts, r.contested) <> (v.counts, v.contested)
            RETURNING r.id, v.counted <> v.counts AS flipped, r.day, r.organization, r.domains""".formatted(DECIDED);
    private static final String WRONG = "SELECT v.* FROM " + DECIDED
            + "WHERE (v.counted, v.disputed) <> (v.counts, v.contested) ORDER BY v.day, v.id";
    private static final String OF_DAYS = """
            SELECT DISTINCT r.day, r.identity FROM %s
            JOIN policy p ON p.domain = u.domain AND p.day = u.day
            JOIN report r ON r.day = p.day AND r.id = p.report""".formatted(DomainDay.bulk("").rows());

    /**
     * What was decided otherwise than before; a new report counts until something else is decided.
     *
     * @param ids of reports that count since, or no longer do
     * @param units where reports have their shares that were there before and count since, or no longer do
     */
    record Settled(Set<UUID> ids, Set<Unit> units) {}

    /**
     * Keeps other writers from deciding on reports with a policy without a domain until the transaction ends. Versions of
     * all others have the same domains, whose locks do that.
     */
    void hold(Connection connection, Collection<ReportRow> rows) throws SQLException {
        Set<Integer> buckets = new TreeSet<>();
        for (ReportRow row : rows) {
            if (row.report().policies().stream().anyMatch(policy -> policy.policyDomain() == null)) {
                buckets.add(Math.floorMod(row.identity().hashCode(), BUCKETS));
            }
        }
        for (int bucket : buckets) {
            Locks.hold(connection, Locks.DECIDING + bucket);
        }
    }

    /**
     * Decides again for the identities of these rows, one of which is new, or was lifted.
     *
     * @param fresh ids of the new ones: they have no share in a cell yet
     */
    Settled settle(Connection connection, Collection<ReportRow> rows, Set<UUID> fresh) throws SQLException {
        Set<Version> versions = new HashSet<>();
        rows.forEach(row -> versions.add(new Version(row.day(), row.identity())));
        Set<ReportIdentity> several = new HashSet<>();
        List<Version> all = List.copyOf(versions);
        if (!all.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(SEVERAL)) {
                int next = BULK.bind(connection, statement, all, 1);
                BULK.bind(connection, statement, all, next);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        several.add(new ReportIdentity(row.getBytes(1)));
                    }
                }
            }
        }
        return decide(
                connection,
                all.stream()
                        .filter(version -> several.contains(version.identity))
                        .toList(),
                fresh);
    }

    /** Decides again for the identity of a report that was deleted, or that an operator prefers. */
    Settled settle(Connection connection, LocalDate day, byte[] identity) throws SQLException {
        return decide(connection, List.of(new Version(day, new ReportIdentity(identity))), Set.of());
    }

    /** Where the stored versions of a report have their shares. */
    Set<Unit> units(Connection connection, LocalDate day, byte[] identity) throws SQLException {
        Set<Unit> units = new HashSet<>();
        List<Version> version = List.of(new Version(day, new ReportIdentity(identity)));
        BULK.query(connection, STORED, version, row -> units.addAll(Unit.of(row)));
        return units;
    }

    /**
     * A report that counts or is contested, and should not, or the other way round.
     *
     * @param units where it has its shares
     */
    record Wrong(LocalDate day, UUID id, byte[] identity, List<Unit> units) {}

    /** What was decided wrongly of the reports with shares in some days. */
    List<Wrong> wrong(Connection connection, List<DomainDay> days) throws SQLException {
        List<Version> versions = new ArrayList<>();
        DomainDay.bulk("")
                .query(
                        connection,
                        OF_DAYS,
                        days,
                        row -> versions.add(
                                new Version(row.getObject(1, LocalDate.class), new ReportIdentity(row.getBytes(2)))));
        List<Wrong> wrong = new ArrayList<>();
        BULK.query(
                connection,
                WRONG,
                versions,
                row -> wrong.add(new Wrong(
                        row.getObject("day", LocalDate.class),
                        row.getObject("id", UUID.class),
                        row.getBytes("identity"),
                        Unit.of(row))));
        return wrong;
    }

    private static Settled decide(Connection connection, List<Version> versions, Set<UUID> fresh) throws SQLException {
        Set<UUID> ids = new HashSet<>();
        Set<Unit> units = new HashSet<>();
        BULK.query(connection, SETTLE, versions, row -> {
            UUID id = row.getObject(1, UUID.class);
            if (row.getBoolean("flipped")) {
                ids.add(id);
                if (!fresh.contains(id)) {
                    units.addAll(Unit.of(row));
                }
            }
        });
        return new Settled(ids, units);
    }
}

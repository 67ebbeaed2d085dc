package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.report.Flag;
import dev.sealpost.report.ReportIdentity;

/** Writes reports: each content once, every further arrival of it as a copy, and which version of a report counts. */
@Singleton
class ReportRows {
    private static final Bulk<ReportRow> REPORT = origin(new Bulk<ReportRow>("report"))
            .column("identity", "bytea", row -> row.identity().hash())
            .column("organization", "text", ReportRow::organization)
            .column("organization_name", "text", row -> row.report().organizationName())
            .column("contact_info", "text", row -> row.report().contactInfo())
            .column("report_id", "text", row -> row.report().reportId())
            .column("start_at", "timestamptz", row -> row.report().dateRange().start())
            .column("end_at", "timestamptz", row -> row.report().dateRange().end())
            .texts("flags", row -> labels(row.report().flags()))
            .texts("domains", row -> new TreeSet<>(row.arrival().domains()));
    private static final Bulk<ReportRow> RAW = new Bulk<ReportRow>("report_raw")
            .column("day", "date", ReportRow::day)
            .column("id", "uuid", ReportRow::id)
            .column("json", "bytea", row -> row.arrival().json());
    private static final Bulk<ReportRow> COPY = origin(new Bulk<>("report_copy"));

    // The arrival that made the stored row joins the copies with the first further one. An arrival seen again (a
    // record delivered twice) has its receipt there already.
    private static final String FIRST_COPIES = """
            INSERT INTO report_copy (day, id, receipt, received_at, channel, provenance, rank, source, tenant)
            SELECT r.day, r.id, r.receipt, r.received_at, r.channel, r.provenance, r.rank, r.source, r.tenant
            FROM report r JOIN %s ON r.day = u.day AND r.id = u.id AND r.receipt <> u.receipt
            ON CONFLICT DO NOTHING""".formatted(COPY.rows());
    private static final String FURTHER_COPIES = COPY.insert()
            + " JOIN report r ON r.day = u.day AND r.id = u.id AND r.receipt <> u.receipt ON CONFLICT DO NOTHING";
    private static final String LIFT = """
            UPDATE report r SET receipt = best.receipt, received_at = best.earliest, channel = best.channel,
                provenance = best.provenance, rank = best.rank, source = best.source, tenant = best.tenant
            FROM (SELECT DISTINCT ON (c.day, c.id) c.*, min(c.received_at) OVER (PARTITION BY c.day, c.id) AS earliest
                  FROM report_copy c JOIN (SELECT DISTINCT day, id FROM %s) u USING (day, id)
                  ORDER BY c.day, c.id, c.rank, c.received_at, c.receipt) best
            WHERE r.day = best.day AND r.id = best.id
              AND (r.receipt, r.received_at) IS DISTINCT FROM (best.receipt, best.earliest)""".formatted(COPY.rows());
    private static final String SETTLE = """
            UPDATE report r SET counts = v.counts, contested = v.contested
            FROM (SELECT day, id,
                    row_number() OVER (PARTITION BY day, identity ORDER BY rank, received_at, receipt) = 1 AS counts,
                    rank = min(rank) OVER (PARTITION BY day, identity)
                      AND count(*) OVER (PARTITION BY day, identity, rank) > 1 AS contested
                  FROM report
                  WHERE (day, identity) IN (SELECT day, identity FROM unnest(?::date[], ?::bytea[]) AS u(day, identity))
                 ) v
            WHERE r.day = v.day AND r.id = v.id AND (r.counts, r.contested) <> (v.counts, v.contested)""";

    private static Bulk<ReportRow> origin(Bulk<ReportRow> bulk) {
        return bulk.column("day", "date", ReportRow::day)
                .column("id", "uuid", ReportRow::id)
                .column("receipt", "uuid", row -> row.origin().receipt())
                .column("received_at", "timestamptz", row -> row.origin().received())
                .column("channel", "text", row -> row.origin().channel().label())
                .column("provenance", "text", row -> row.origin().provenance().label())
                .column("rank", "smallint", row ->
                        (short) row.origin().provenance().rank())
                .column("source", "text", row -> row.origin().source())
                .column("tenant", "text", row -> row.origin().tenant());
    }

    static List<String> labels(Collection<Flag> flags) {
        return flags.stream().map(Flag::label).toList();
    }

    /** Inserts the rows whose id is new, in the order given, and says which they were. */
    List<ReportRow> insertNew(Connection connection, List<ReportRow> rows) throws SQLException {
        Map<UUID, ReportRow> firsts = new HashMap<>();
        rows.forEach(row -> firsts.putIfAbsent(row.id(), row));
        List<ReportRow> inserted = new ArrayList<>();
        String sql = REPORT.insert() + " ON CONFLICT DO NOTHING RETURNING id";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            REPORT.bind(connection, statement, rows, 1);
            try (ResultSet ids = statement.executeQuery()) {
                while (ids.next()) {
                    inserted.add(Objects.requireNonNull(firsts.get(ids.getObject(1, UUID.class))));
                }
            }
        }
        RAW.insertAll(connection, inserted);
        return inserted;
    }

    /** Notes further arrivals of stored reports; a report takes over the best provenance among its copies. */
    void addCopies(Connection connection, List<ReportRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        for (String sql : List.of(FIRST_COPIES, FURTHER_COPIES, LIFT)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                COPY.bind(connection, statement, rows, 1);
                statement.executeUpdate();
            }
        }
    }

    /** One identity on its day, whose versions are compared. */
    record Version(LocalDate day, byte[] identity) {}

    /** Decides for each identity which of its versions counts: the best provenance, then the earliest at the door. */
    void settleVersions(Connection connection, List<ReportRow> rows) throws SQLException {
        Set<ReportIdentity> seen = new HashSet<>();
        settle(
                connection,
                rows.stream()
                        .filter(row -> seen.add(row.identity()))
                        .map(row -> new Version(row.day(), row.identity().hash()))
                        .toList());
    }

    /** The same for identities of which a version was deleted. */
    void settle(Connection connection, List<Version> identities) throws SQLException {
        Bulk<Version> keys = new Bulk<Version>("report")
                .column("day", "date", Version::day)
                .column("identity", "bytea", Version::identity);
        try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
            keys.bind(connection, statement, identities, 1);
            statement.executeUpdate();
        }
    }
}

package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import java.util.function.Function;
import jakarta.inject.Singleton;

import dev.sealpost.origin.MailClaims;
import dev.sealpost.report.Flag;
import dev.sealpost.report.ReportReader;
import org.jspecify.annotations.Nullable;

/** Writes reports: each content once, every further arrival of it as a copy, and which version of a report counts. */
@Singleton
class ReportRows {
    /** Further arrivals of one report that are noted; what they bring is taken over all the same. */
    private static final int MOST_COPIES = 100;

    private static final Bulk<ReportRow> REPORT = claims(origin(new Bulk<ReportRow>("report")))
            .column("best_at", "timestamptz", row -> row.origin().received())
            .column("identity", "bytea", row -> row.identity().hash())
            .column("organization", "text", ReportRow::organization)
            .column("organization_name", "text", ReportRow::ownName)
            .column("contact_info", "text", row -> row.report().contactInfo())
            .column("report_id", "text", row -> row.report().reportId())
            .column("start_at", "timestamptz", row -> row.report().dateRange().start())
            .column("end_at", "timestamptz", row -> row.report().dateRange().end())
            .column("reader", "smallint", row -> (short) ReportReader.VERSION)
            .texts("flags", row -> labels(row.report().flags()))
            .texts("domains", row -> new TreeSet<>(row.arrival().domains()));
    private static final Copy<ReportRow> RAW = new Copy<ReportRow>("report_raw")
            .column("day", (field, row) -> field.date(row.day()))
            .column("id", (field, row) -> field.uuid(row.id()))
            .column(
                    "json",
                    (field, row) -> field.bytes(RawJson.pack(row.arrival().json())));
    private static final Bulk<ReportRow> COPY = origin(new Bulk<>("report_copy"));
    private static final Bulk<ReportRow> FURTHER = claims(origin(new Bulk<>("report")));

    // Deleted ones, and those that were sealed into their cells, do not come back.
    private static final String INSERT = REPORT.insert()
            + " WHERE NOT EXISTS (SELECT FROM gone_report g WHERE g.day = u.day AND g.id = u.id)"
            + " ON CONFLICT DO NOTHING RETURNING id";

    // The arrival that made the stored row joins the copies with the first further one. An arrival seen again (a
    // record delivered twice) has its receipt there already.
    private static final String FIRST_COPIES = """
            INSERT INTO report_copy (day, id, receipt, received_at, channel, provenance, rank, source, tenant)
            SELECT r.day, r.id, r.receipt, r.best_at, r.channel, r.provenance, r.rank, r.source, r.tenant
            FROM report r JOIN %s ON r.day = u.day AND r.id = u.id AND r.receipt <> u.receipt
            ON CONFLICT DO NOTHING""".formatted(COPY.rows());
    private static final String FURTHER_COPIES = COPY.insert()
            + " JOIN report r ON r.day = u.day AND r.id = u.id AND r.receipt <> u.receipt"
            + " WHERE (SELECT count(*) FROM report_copy c WHERE c.day = u.day AND c.id = u.id) < " + MOST_COPIES
            // An import says how many of its reports were known.
            + " OR u.provenance = 'upload'"
            + " ON CONFLICT DO NOTHING";
    private static final String LIFT = """
            UPDATE report r SET receipt = u.receipt, best_at = u.received_at, channel = u.channel,
                provenance = u.provenance, rank = u.rank, source = u.source, tenant = u.tenant,
                mail_domain = u.mail_domain, mail_submitter = u.mail_submitter, judgement = u.judgement
            FROM (SELECT DISTINCT ON (day, id) * FROM %s ORDER BY day, id, rank, received_at, receipt) u
            WHERE r.day = u.day AND r.id = u.id AND (u.rank, u.received_at, u.receipt) < (r.rank, r.best_at, r.receipt)
            RETURNING r.id, r.day, r.organization, r.domains""".formatted(FURTHER.rows());
    private static final String EARLIER = """
            UPDATE report r SET received_at = u.received_at
            FROM (SELECT day, id, min(received_at) AS received_at FROM %s GROUP BY day, id) u
            WHERE r.day = u.day AND r.id = u.id AND u.received_at < r.received_at
            RETURNING r.id, r.day, r.organization, r.domains""".formatted(FURTHER.rows());

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

    private static Bulk<ReportRow> claims(Bulk<ReportRow> bulk) {
        return bulk.column("mail_domain", "text", row -> claim(row, MailClaims::reportDomain))
                .column("mail_submitter", "text", row -> claim(row, MailClaims::submitter))
                .column("judgement", "text", row -> claim(row, MailClaims::judgement));
    }

    private static @Nullable String claim(ReportRow row, Function<MailClaims, @Nullable String> claim) {
        MailClaims claims = row.origin().claims();
        return claims == null ? null : claim.apply(claims);
    }

    private final PolicyRows policies;

    ReportRows(PolicyRows policies) {
        this.policies = policies;
    }

    static List<String> labels(Collection<Flag> flags) {
        return flags.stream().map(Flag::label).toList();
    }

    /** Inserts the rows whose id is new, in the order given, and says which they were. */
    List<ReportRow> insertNew(Connection connection, List<ReportRow> rows) throws SQLException {
        Map<UUID, ReportRow> firsts = new HashMap<>();
        rows.forEach(row -> firsts.putIfAbsent(row.id(), row));
        List<ReportRow> inserted = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            REPORT.bind(connection, statement, rows, 1);
            try (ResultSet ids = statement.executeQuery()) {
                while (ids.next()) {
                    inserted.add(Objects.requireNonNull(firsts.get(ids.getObject(1, UUID.class))));
                }
            }
        }
        RAW.insertAll(connection, inserted);
        policies.insert(connection, inserted);
        return inserted;
    }

    /**
     * Notes further arrivals of stored reports; a report takes over the best provenance among its copies.
     *
     * @return the reports that this changed
     */
    Lifted addCopies(Connection connection, List<ReportRow> rows) throws SQLException {
        Lifted lifted = new Lifted(new HashSet<>(), new HashSet<>());
        COPY.run(connection, FIRST_COPIES, rows);
        COPY.run(connection, FURTHER_COPIES, rows);
        for (String sql : List.of(LIFT, EARLIER)) {
            FURTHER.query(connection, sql, rows, row -> {
                lifted.ids.add(row.getObject("id", UUID.class));
                lifted.units.addAll(Unit.of(row));
            });
        }
        return lifted;
    }

    /** Reports that a further arrival changed, and where they have their shares. */
    record Lifted(Set<UUID> ids, Set<Unit> units) {}
}

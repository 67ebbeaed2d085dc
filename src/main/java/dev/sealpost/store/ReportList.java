package dev.sealpost.store;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import jakarta.inject.Singleton;

/** The stored reports, those that do not count included, newest first. */
@Singleton
public class ReportList {
    static final String COLUMNS = """
            r.id, r.receipt, r.organization_name, r.report_id, r.start_at, r.end_at, r.day, r.channel, r.provenance,
            r.received_at,
            ARRAY(SELECT d FROM unnest(r.domains) AS u(d) WHERE d <> '' AND seen_domain(d)) AS domains, r.contested, r.counts AND NOT s.aside AS counts,
            r.flags || CASE WHEN s.aside THEN ARRAY['cell-full'] ELSE '{}' END ||
            """
            + differs("r.mail_domain", "unnest(r.domains)", "mail-domain-differs") + " || "
            + differs(
                    "r.mail_submitter",
                    "unnest(ARRAY[lower(split_part(r.contact_info, '@', 2))])",
                    "mail-submitter-differs")
            + " AS flags, s.successful, s.failed";

    /** The reports of a page, and of each over all its domains the session estimate and whether all its cells were full. */
    static final String SESSIONS = """
            LEFT JOIN LATERAL (
                SELECT least(coalesce(sum(e.successful), 0), %1$s)::bigint AS successful,
                    least(coalesce(sum(e.failed), 0), %1$s)::bigint AS failed, coalesce(bool_and(e.aside), false) AS aside
                FROM (SELECT %2$s AS successful, %3$s AS failed, bool_and(p.aside) AS aside
                      FROM policy p
                      WHERE p.domain = ANY (r.domains) AND p.domain <> '' AND p.day = r.day AND p.organization = r.organization
                        AND p.report = r.id
                      GROUP BY p.domain) e) s ON true
            """.formatted(
                    Grouped.MAX,
                    SessionEstimate.of("p.successful", "p.policy_type"),
                    SessionEstimate.of("p.failed", "p.policy_type"));

    /** A flag if a mail claims a domain that is neither one of the body's nor above or below one. */
    private static String differs(String claimed, String known, String flag) {
        return """
                CASE WHEN %1$s IS NOT NULL AND EXISTS (SELECT FROM %2$s AS k(name) WHERE k.name <> '')
                    AND NOT EXISTS (SELECT FROM %2$s AS k(name)
                        WHERE right('.' || k.name, length(%1$s) + 1) = '.' || %1$s
                           OR right('.' || %1$s, length(k.name) + 1) = '.' || k.name)
                    THEN ARRAY['%3$s'] ELSE '{}' END""".formatted(claimed, known, flag);
    }

    private final ReadTransaction transaction;

    ReportList(ReadTransaction transaction) {
        this.transaction = transaction;
    }

    /** A place in the list: that of one report. */
    public record Place(Instant received, UUID id) {}

    /** The reports after a place, at most so many. */
    public List<ListedReport> rows(Filter filter, Optional<Place> after, int limit) {
        return transaction.list(select(filter, after, limit), ReportList::row);
    }

    /** All reports, one by one. */
    public void forEach(Filter filter, Consumer<ListedReport> consumer) {
        transaction.forEach(select(filter, Optional.empty(), Integer.MAX_VALUE), ReportList::row, consumer);
    }

    static Sql select(Filter filter, Optional<Place> after, int limit) {
        Sql page = new Sql("SELECT * FROM report r WHERE ").add(Conditions.ofReports(filter));
        after.ifPresent(
                place -> page.add(" AND (r.received_at, r.id) < (?::timestamptz, ?)", place.received(), place.id()));
        page.add(" ORDER BY r.received_at DESC, r.id DESC");
        if (limit < Integer.MAX_VALUE) {
            page.add(" LIMIT ?", limit);
        }
        return new Sql("SELECT " + COLUMNS + " FROM (")
                .add(page)
                .add(") r " + SESSIONS + "ORDER BY r.received_at DESC, r.id DESC");
    }

    static ListedReport row(ResultSet row) throws SQLException {
        return new ListedReport(
                row.getObject("id", UUID.class),
                row.getObject("receipt", UUID.class),
                row.getString("organization_name"),
                row.getString("report_id"),
                instant(row, "start_at"),
                instant(row, "end_at"),
                row.getObject("day", LocalDate.class),
                row.getString("channel"),
                row.getString("provenance"),
                instant(row, "received_at"),
                texts(row, "domains"),
                row.getLong("successful"),
                row.getLong("failed"),
                texts(row, "flags"),
                row.getBoolean("counts"),
                row.getBoolean("contested"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        try {
            return List.of((String[]) array.getArray());
        } finally {
            array.free();
        }
    }
}

package dev.sealpost.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.origin.MailClaims;
import dev.sealpost.store.WholeReport.StoredDetail;
import dev.sealpost.store.WholeReport.StoredPolicy;
import org.jspecify.annotations.Nullable;

/** One report, with all its policies and details, or as it came. */
@Singleton
public class ReportQuestion {
    private static final String REPORT =
            "SELECT " + ReportList.COLUMNS + ", r.contact_info, r.mail_domain, r.mail_submitter, r.judgement, " + """
            (SELECT greatest(count(*) - 1, 0) FROM report_copy c WHERE c.day = r.day AND c.id = r.id) AS duplicates,
            (SELECT array_agg(v.id::text ORDER BY v.rank, v.received_at, v.receipt) FROM report v
             WHERE v.day = r.day AND v.id BETWEEN ? AND ? AND v.identity = r.identity AND v.id <> r.id) AS conflicts
            FROM report r
            """
                    + ReportList.SESSIONS + "WHERE r.day = ? AND r.id = ?";

    private static final String POLICIES = """
            SELECT p.* FROM report r
            JOIN policy p ON p.domain = ANY (r.domains) AND p.day = r.day AND p.organization = r.organization
              AND p.report = r.id
            WHERE r.day = ? AND r.id = ? ORDER BY p.position""";

    private static final String DETAILS = """
            SELECT d.* FROM report r
            JOIN failure_detail d ON d.domain = ANY (r.domains) AND d.day = r.day AND d.organization = r.organization
              AND d.report = r.id
            WHERE r.day = ? AND r.id = ? ORDER BY d.policy, d.position""";

    private static final String RAW = """
            SELECT w.json, NOT EXISTS (SELECT FROM unnest(r.domains) AS u(d) WHERE NOT seen_domain(d)) AS whole
            FROM report r JOIN report_raw w ON w.day = r.day AND w.id = r.id WHERE r.day = ? AND r.id = ?""";

    private final ReadTransaction transaction;

    ReportQuestion(ReadTransaction transaction) {
        this.transaction = transaction;
    }

    /** The report of an id. */
    public Optional<WholeReport> find(UUID id) {
        return transaction.read(connection -> {
            List<StoredPolicy> policies = policies(connection, id);
            return ReadTransaction.list(
                            connection,
                            new Sql(REPORT, ReportId.least(id), ReportId.greatest(id), ReportId.day(id), id),
                            row -> report(row, policies))
                    .stream()
                    .findFirst();
        });
    }

    /**
     * The text of a report.
     *
     * @param json exactly as it came
     * @param whole whether the reader may see all of it; some of its policies may be another tenant's
     */
    public record Raw(byte[] json, boolean whole) {}

    /** The JSON of a report; empty if there is no such report or its text is no longer kept. */
    public Optional<Raw> raw(UUID id) {
        return transaction
                .list(
                        new Sql(RAW, ReportId.day(id), id),
                        row -> new Raw(RawJson.unpack(row.getBytes(1)), row.getBoolean(2)))
                .stream()
                .findFirst();
    }

    /** The policies of a report in the reporter's order. */
    static List<StoredPolicy> policies(Connection connection, UUID id) throws SQLException {
        Map<Integer, List<StoredDetail>> details = details(connection, id);
        return ReadTransaction.list(
                connection,
                new Sql(POLICIES, ReportId.day(id), id),
                row -> policy(row, details.getOrDefault(row.getInt("position"), List.of())));
    }

    private static Map<Integer, List<StoredDetail>> details(Connection connection, UUID id) throws SQLException {
        Map<Integer, List<StoredDetail>> details = new HashMap<>();
        ReadTransaction.list(
                connection,
                new Sql(DETAILS, ReportId.day(id), id),
                row -> details.computeIfAbsent(row.getInt("policy"), policy -> new ArrayList<>())
                        .add(detail(row)));
        return details;
    }

    private static WholeReport report(ResultSet row, List<StoredPolicy> policies) throws SQLException {
        return new WholeReport(
                ReportList.row(row),
                row.getString("contact_info"),
                claims(row),
                row.getLong("duplicates"),
                row.getArray("conflicts") == null
                        ? List.of()
                        : ReportList.texts(row, "conflicts").stream()
                                .map(UUID::fromString)
                                .toList(),
                policies);
    }

    static @Nullable MailClaims claims(ResultSet row) throws SQLException {
        String domain = row.getString("mail_domain");
        String submitter = row.getString("mail_submitter");
        String judgement = row.getString("judgement");
        return domain == null && submitter == null && judgement == null
                ? null
                : new MailClaims(domain, submitter, judgement);
    }

    private static StoredPolicy policy(ResultSet row, List<StoredDetail> details) throws SQLException {
        String domain = row.getString("domain");
        return new StoredPolicy(
                row.getString("policy_type"),
                row.getString("policy_domain"),
                domain.isEmpty() ? null : domain,
                ReportList.texts(row, "mx_host"),
                ReportList.texts(row, "policy_string"),
                Grouped.count(row, "successful"),
                Grouped.count(row, "failed"),
                ReportList.texts(row, "flags"),
                details);
    }

    private static StoredDetail detail(ResultSet row) throws SQLException {
        return new StoredDetail(
                row.getString("result_type"),
                row.getString("sending_mta_ip"),
                row.getString("receiving_mx_hostname"),
                row.getString("receiving_mx_helo"),
                row.getString("receiving_ip"),
                Grouped.count(row, "failed"),
                row.getString("additional_information"),
                row.getString("failure_reason_code"));
    }
}

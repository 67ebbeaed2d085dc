package dev.sealpost.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Provenance;

/**
 * Derives cells from the stored reports that count, whatever stood there before, so that a better version, a late copy, a
 * deleted report and a changed rule are one and the same operation.
 */
@Singleton
class DailyCells {
    /** Version of the counting rule below. Raise it with every change that makes other numbers of the same reports. */
    static final int RULE = 1;

    /** The policy types of RFC 8460, and how their columns in daily_sessions begin. */
    static final Map<String, String> COLUMNS = columns();

    // PostgreSQL sums bigint as numeric, so nothing overflows before it is cut to what a bigint holds.
    private static final String MAX = "9223372036854775807";

    /** How the reporter of a report {@code r} writes itself; as ReportRow.name() has it. */
    private static final String NAME =
            "coalesce(nullif(trim(r.organization_name), ''), nullif(r.organization, ''), 'unknown') COLLATE \"C\"";

    /** Which of the unverified reports of a cell count: those that came first at the door. */
    private static final String FILL = """
            UPDATE policy p SET aside = v.aside
            FROM (SELECT domain, day, organization, report,
                    counts AND rank >= %3$d AND row_number() OVER (
                        PARTITION BY domain, day, organization, channel, provenance, counts
                        ORDER BY received_at, receipt) > %4$d AS aside
                  FROM (SELECT DISTINCT p.domain, p.day, p.organization, p.report, r.channel, r.provenance, r.rank,
                            r.counts, r.received_at, r.receipt
                        FROM %1$s
                        JOIN policy p ON p.domain = u.domain AND p.day = u.day AND p.organization = u.organization%2$s
                        JOIN report r ON r.day = p.day AND r.id = p.report) s) v
            WHERE p.domain = v.domain AND p.day = v.day AND p.organization = v.organization AND p.report = v.report
              AND p.aside <> v.aside""";

    private static final String FILL_ALL =
            FILL.formatted(Unit.bulk("").rows(), "", Provenance.UNVERIFIED.rank(), Unverified.MOST);
    private static final String FILL_MORE =
            FILL.formatted(Unit.bulk("").rows(), " AND NOT p.aside", Provenance.UNVERIFIED.rank(), Unverified.MOST);

    /** The counting policies of the units, each with its report's origin and the reporter's name. */
    private static final String COUNTED =
            """
            (SELECT p.domain, p.day, p.organization, p.report, r.channel, r.provenance, p.policy_type,
                    NAME AS name,
                    coalesce(p.successful, 0) AS successful, coalesce(p.failed, 0) AS failed
             FROM %s
             JOIN policy p ON p.domain = u.domain AND p.day = u.day AND p.organization = u.organization AND NOT p.aside
             JOIN report r ON r.day = p.day AND r.id = p.report AND r.counts) c
            """.formatted(Unit.bulk("policy").rows()).replace("NAME", NAME);

    private static final String OTHERS =
            """
            INSERT INTO daily_other_sessions (domain, day, organization, channel, provenance, policy_type,
                organization_name, successful, failed, reports, saturated)
            SELECT domain, day, organization, channel, provenance, policy_type, min(name),
                least(sum(successful), MAX), least(sum(failed), MAX), count(DISTINCT report),
                greatest(sum(successful), sum(failed)) > MAX
            FROM COUNTED
            WHERE policy_type NOT IN ('sts', 'tlsa', 'no-policy-found')
            GROUP BY domain, day, organization, channel, provenance, policy_type""".replace("COUNTED", COUNTED).replace("MAX", MAX);

    private static final String SESSIONS = sessions();

    // The two halves of the view failure_occurrence, written out: joined to the view, the planner reads all policies.
    private static final String FAILURES =
            """
            WITH u AS MATERIALIZED (SELECT * FROM %s),
            made AS (
            INSERT INTO daily_failures (domain, day, organization, channel, provenance, policy_type, result_type,
                receiving_mx_hostname, organization_name, failed, reports, saturated)
            SELECT domain, day, organization, channel, provenance, policy_type, result_type, mx, min(name),
                least(sum(failed), MAX), count(DISTINCT report), sum(failed) > MAX
            FROM (SELECT p.domain, p.day, p.organization, r.channel, r.provenance, p.policy_type, p.report,
                      coalesce(f.detail ->> 'type', 'unspecified') AS result_type,
                      coalesce(f.detail ->> 'mx', '') AS mx, NAME AS name, coalesce((f.detail ->> 'n')::bigint, 0) AS failed
                  FROM u
                  JOIN policy p ON p.domain = u.domain AND p.day = u.day AND p.organization = u.organization
                      AND p.details > 0 AND NOT p.aside
                  JOIN report r ON r.day = p.day AND r.id = p.report AND r.counts
                  CROSS JOIN LATERAL jsonb_array_elements(p.failures) AS f(detail)
                  UNION ALL
                  SELECT p.domain, p.day, p.organization, r.channel, r.provenance, p.policy_type, p.report,
                      'unspecified', '', NAME, p.failed
                  FROM u
                  JOIN policy p ON p.domain = u.domain AND p.day = u.day AND p.organization = u.organization
                      AND p.details = 0 AND p.failed > 0 AND NOT p.aside
                  JOIN report r ON r.day = p.day AND r.id = p.report AND r.counts) c
            GROUP BY domain, day, organization, channel, provenance, policy_type, result_type, mx
            RETURNING domain, day, policy_type, result_type, failed)
            SELECT domain, day, policy_type, result_type, sum(failed), count(*) FROM made GROUP BY 1, 2, 3, 4""".formatted(Unit.bulk("failure").rows()).replace("NAME", NAME).replace("MAX", MAX);

    private static final String NO_SESSIONS = """
            WITH gone AS (DELETE FROM daily_sessions d USING %s
                WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization
                RETURNING d.domain, d.day, d.successful, d.failed, d.reports)
            SELECT domain, day, sum(successful), sum(failed), sum(reports) FROM gone GROUP BY 1, 2""".formatted(Unit.bulk("").rows());
    private static final String NO_OTHERS = """
            DELETE FROM daily_other_sessions d USING %s
            WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization""".formatted(Unit.bulk("").rows());
    private static final String NO_FAILURES = """
            WITH gone AS (DELETE FROM daily_failures d USING %s
                WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization
                RETURNING d.domain, d.day, d.policy_type, d.result_type, d.failed)
            SELECT domain, day, policy_type, result_type, sum(failed), count(*) FROM gone GROUP BY 1, 2, 3, 4""".formatted(Unit.bulk("").rows());

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("sts", "sts");
        columns.put("tlsa", "tlsa");
        columns.put("no-policy-found", "none");
        return Collections.unmodifiableMap(columns);
    }

    // A session may stand under sts and under tlsa (RFC 8460, section 4.4 allows it, Microsoft does it), never under
    // two policies of other types: within one report and domain the larger of the two counts.
    private static String sessions() {
        StringBuilder names = new StringBuilder();
        StringBuilder sums = new StringBuilder();
        StringBuilder each = new StringBuilder();
        StringBuilder largest = new StringBuilder("sum(successful), sum(failed)");
        COLUMNS.forEach((type, column) -> {
            names.append(", C_successful, C_failed, C_reports".replace("C", column));
            sums.append(", least(sum(C_successful), MAX), least(sum(C_failed), MAX), count(*) FILTER (WHERE C)"
                    .replace("C", column));
            each.append(
                    """
                    , coalesce(sum(successful) FILTER (WHERE policy_type = 'TYPE'), 0) AS C_successful,
                    coalesce(sum(failed) FILTER (WHERE policy_type = 'TYPE'), 0) AS C_failed,
                    bool_or(policy_type = 'TYPE') AS C""".replace("C", column).replace("TYPE", type));
            largest.append(", sum(C_successful), sum(C_failed)".replace("C", column));
        });
        return """
                WITH made AS (
                INSERT INTO daily_sessions (domain, day, organization, channel, provenance,
                    organization_name, successful, failed, reports, saturated$names)
                SELECT domain, day, organization, channel, provenance, min(name),
                    least(sum(successful), MAX), least(sum(failed), MAX), count(*), greatest($largest) > MAX$sums
                FROM (SELECT domain, day, organization, channel, provenance, report, min(name) AS name,
                          $successful AS successful, $failed AS failed$each
                      FROM $counted
                      GROUP BY domain, day, organization, channel, provenance, report) e
                GROUP BY domain, day, organization, channel, provenance
                RETURNING domain, day, successful, failed, reports)
                SELECT domain, day, sum(successful), sum(failed), sum(reports) FROM made GROUP BY 1, 2""".replace("$names", names)
                .replace("$largest", largest)
                .replace("$sums", sums)
                .replace("$each", each)
                .replace("$successful", SessionEstimate.of("successful", "policy_type"))
                .replace("$failed", SessionEstimate.of("failed", "policy_type"))
                .replace("$counted", COUNTED)
                .replace("MAX", MAX);
    }

    /**
     * Derives all cells of locked units.
     *
     * @param aside whether reports that were kept aside may find room now; else the cells can only have become fuller
     * @param changes how the cells changed is written down here
     */
    void derive(Connection connection, Collection<Unit> derived, boolean aside, Changes changes) throws SQLException {
        List<Unit> units = List.copyOf(derived);
        Bulk<Unit> bulk = Unit.bulk("");
        bulk.run(connection, aside ? FILL_ALL : FILL_MORE, units);
        bulk.query(connection, NO_SESSIONS, units, row -> sessions(row, changes, -1));
        bulk.run(connection, NO_OTHERS, units);
        bulk.query(connection, NO_FAILURES, units, row -> failures(row, changes, -1));
        bulk.query(connection, SESSIONS, units, row -> sessions(row, changes, 1));
        bulk.run(connection, OTHERS, units);
        bulk.query(connection, FAILURES, units, row -> failures(row, changes, 1));
    }

    private static void sessions(ResultSet row, Changes changes, int sign) throws SQLException {
        changes.sessions(
                row.getString(1),
                row.getObject(2, LocalDate.class),
                row.getBigDecimal(3),
                row.getBigDecimal(4),
                row.getLong(5),
                sign);
    }

    private static void failures(ResultSet row, Changes changes, int sign) throws SQLException {
        changes.failure(
                row.getString(1),
                row.getObject(2, LocalDate.class),
                row.getString(3),
                row.getString(4),
                row.getBigDecimal(5).multiply(BigDecimal.valueOf(sign)),
                sign * row.getLong(6));
    }
}

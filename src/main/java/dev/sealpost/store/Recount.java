package dev.sealpost.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The counting rule as SQL: what the rows of units in the daily tables have to be, out of the stored reports that count.
 * Each text takes units as its parameters, as {@link Unit#bulk} binds them. {@link CellSums} has the same rule for reports
 * at hand.
 */
final class Recount {
    /** The policy types of RFC 8460, and how their columns in daily_sessions begin. */
    static final Map<String, String> COLUMNS = columns();

    /** Columns of daily_sessions. */
    static final String SESSION_COLUMNS = "domain, day, organization, channel, provenance, organization_name, successful,"
            + " failed, reports, saturated, "
            + COLUMNS.values().stream()
                    .map("%1$s_successful, %1$s_failed, %1$s_reports"::formatted)
                    .collect(Collectors.joining(", "));

    static final String OTHER_COLUMNS = "domain, day, organization, channel, provenance, policy_type, organization_name,"
            + " successful, failed, reports, saturated";
    static final String FAILURE_COLUMNS = "domain, day, organization, channel, provenance, policy_type, result_type,"
            + " receiving_mx_hostname, organization_name, failed, reports, saturated";

    // PostgreSQL sums bigint as numeric, so nothing overflows before it is cut to what a bigint holds.
    private static final String MAX = "9223372036854775807";

    /** How the reporter of a report {@code r} writes itself; as ReportRow.name() has it. */
    private static final String NAME =
            "coalesce(nullif(trim(r.organization_name), ''), nullif(r.organization, ''), 'unknown') COLLATE \"C\"";

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

    /** The rows of daily_other_sessions, in the order of {@link #OTHER_COLUMNS}. */
    static final String OTHERS =
            """
            SELECT domain, day, organization, channel, provenance, policy_type, min(name),
                least(sum(successful), MAX), least(sum(failed), MAX), count(DISTINCT report),
                greatest(sum(successful), sum(failed)) > MAX
            FROM COUNTED
            WHERE policy_type NOT IN ('sts', 'tlsa', 'no-policy-found')
            GROUP BY domain, day, organization, channel, provenance, policy_type""".replace("COUNTED", COUNTED).replace("MAX", MAX);

    /** The rows of daily_sessions, in the order of {@link #SESSION_COLUMNS}. */
    static final String SESSIONS = sessions();

    // The two halves of the view failure_occurrence, written out: joined to the view, the planner reads all policies.
    /** The rows of daily_failures, in the order of {@link #FAILURE_COLUMNS}. */
    static final String FAILURES =
            """
            WITH u AS MATERIALIZED (SELECT * FROM %s)
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
            GROUP BY domain, day, organization, channel, provenance, policy_type, result_type, mx""".formatted(Unit.bulk("failure").rows()).replace("NAME", NAME).replace("MAX", MAX);

    private Recount() {}

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
        StringBuilder sums = new StringBuilder();
        StringBuilder each = new StringBuilder();
        StringBuilder largest = new StringBuilder("sum(successful), sum(failed)");
        COLUMNS.forEach((type, column) -> {
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
                SELECT domain, day, organization, channel, provenance, min(name),
                    least(sum(successful), MAX), least(sum(failed), MAX), count(*), greatest($largest) > MAX$sums
                FROM (SELECT domain, day, organization, channel, provenance, report, min(name) AS name,
                          $successful AS successful, $failed AS failed$each
                      FROM $counted
                      GROUP BY domain, day, organization, channel, provenance, report) e
                GROUP BY domain, day, organization, channel, provenance""".replace("$largest", largest)
                .replace("$sums", sums)
                .replace("$each", each)
                .replace("$successful", SessionEstimate.of("successful", "policy_type"))
                .replace("$failed", SessionEstimate.of("failed", "policy_type"))
                .replace("$counted", COUNTED)
                .replace("MAX", MAX);
    }
}

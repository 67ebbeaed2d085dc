package dev.sealpost.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The counting rule as SQL: what the rows of units in the daily tables have to be, out of the stored reports that count and
 * what was sealed of those that are gone. Each text takes units as its parameters, as {@link Unit#bulk} binds them.
 * {@link CellSums} has the same rule for reports at hand.
 */
final class Recount {
    /** The policy types of RFC 8460, and how their columns in daily_sessions begin. */
    static final Map<String, String> COLUMNS = columns();

    /** Columns of daily_sessions. */
    static final String SESSION_COLUMNS =
            "domain, day, organization, channel, provenance, organization_name, successful,"
                    + " failed, reports, saturated, "
                    + COLUMNS.values().stream()
                            .map("%1$s_successful, %1$s_failed, %1$s_reports"::formatted)
                            .collect(Collectors.joining(", "));

    static final String OTHER_COLUMNS =
            "domain, day, organization, channel, provenance, policy_type, organization_name,"
                    + " successful, failed, reports, saturated";
    static final String FAILURE_COLUMNS = "domain, day, organization, channel, provenance, policy_type, result_type,"
            + " receiving_mx_hostname, organization_name, failed, reports, saturated, of_type, of_all";

    // PostgreSQL sums bigint as numeric, so nothing overflows before it is cut to what a bigint holds.
    private static final String MAX = "9223372036854775807";

    /** How the reporter of a report {@code r} writes itself; as ReportRow.name() has it. */
    private static final String NAME =
            "coalesce(nullif(trim(r.organization_name), ''), nullif(r.organization, ''), 'unknown') COLLATE \"C\"";

    /** The counting policies of units. */
    private static final String OF_UNITS = """
            JOIN policy p ON p.domain = u.domain AND p.day = u.day AND p.organization = u.organization AND NOT p.aside
            JOIN report r ON r.day = p.day AND r.id = p.report AND r.counts""";

    /** The counting policies of some reports in units. */
    private static final String OF_REPORTS = OF_UNITS.replace("NOT p.aside", "p.report = u.report AND NOT p.aside");

    /** The rows of daily_sessions, in the order of {@link #SESSION_COLUMNS}. */
    static final String SESSIONS = sessions(Unit.bulk("").rows(), OF_UNITS, sealed("sessions", sealedSessions()));

    /** The rows of daily_other_sessions, in the order of {@link #OTHER_COLUMNS}. */
    static final String OTHERS = others(
            Unit.bulk("").rows(), OF_UNITS, sealed("other_sessions", "s.policy_type, NAME, s.successful, s.failed"));

    /** The rows of daily_failures, in the order of {@link #FAILURE_COLUMNS}. */
    static final String FAILURES = failures(
            Unit.bulk("").rows(),
            OF_UNITS,
            sealed("failures", "s.policy_type, s.result_type, s.receiving_mx_hostname, NAME, s.failed")
                    .replace("s.saturated", "s.saturated, s.of_type, s.of_all"));

    /** The same of some reports alone, which {@link Share#BULK} binds: what they have in the cells. */
    static final String SHARES_OF_SESSIONS = sessions(Share.BULK.rows(), OF_REPORTS, "");

    static final String SHARES_OF_OTHERS = others(Share.BULK.rows(), OF_REPORTS, "");
    static final String SHARES_OF_FAILURES = failures(Share.BULK.rows(), OF_REPORTS, "");

    /** What one report has in one unit. */
    record Share(Unit unit, UUID report) {
        static final Bulk<Share> BULK = new Bulk<Share>("share")
                .column("domain", "text", share -> share.unit.domain())
                .column("day", "date", share -> share.unit.day())
                .column("organization", "text", share -> share.unit.organization())
                .column("report", "uuid", Share::report);
    }

    private Recount() {}

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("sts", "sts");
        columns.put("tlsa", "tlsa");
        columns.put("no-policy-found", "none");
        return Collections.unmodifiableMap(columns);
    }

    /** What was sealed, beside what is stored: the columns of a row up to the number of its reports. */
    private static String sealed(String table, String columns) {
        return """

                UNION ALL
                SELECT s.domain, s.day, s.organization, s.channel, s.provenance, $columns, s.reports, s.saturated
                FROM u JOIN sealed_$table s ON s.domain = u.domain AND s.day = u.day AND s.organization = u.organization""".replace("$table", table)
                .replace("$columns", columns)
                .replace("NAME", "s.organization_name COLLATE \"C\"");
    }

    private static String sealedSessions() {
        return "NAME, "
                + COLUMNS.values().stream()
                        .map("s.%1$s_successful, s.%1$s_failed, s.%1$s_reports, "::formatted)
                        .collect(Collectors.joining())
                + "s.successful, s.failed";
    }

    // A session may stand under sts and under tlsa (RFC 8460, section 4.4 allows it, Microsoft does it), never under
    // two policies of other types: within one report and domain the larger of the two counts.
    private static String sessions(String rows, String policies, String sealed) {
        StringBuilder sums = new StringBuilder();
        StringBuilder each = new StringBuilder();
        StringBuilder largest = new StringBuilder("sum(successful), sum(failed)");
        COLUMNS.forEach((type, column) -> {
            sums.append(
                    ", least(sum(C_successful), MAX), least(sum(C_failed), MAX), sum(C_reports)".replace("C", column));
            each.append("""
                    coalesce(sum(successful) FILTER (WHERE policy_type = 'TYPE'), 0) AS C_successful,
                    coalesce(sum(failed) FILTER (WHERE policy_type = 'TYPE'), 0) AS C_failed,
                    bool_or(policy_type = 'TYPE')::integer AS C_reports,""".replace("C_", column + "_").replace("TYPE", type));
            largest.append(", sum(C_successful), sum(C_failed)".replace("C", column));
        });
        return """
                WITH u AS MATERIALIZED (SELECT * FROM $rows)
                SELECT domain, day, organization, channel, provenance, min(name),
                    least(sum(successful), MAX), least(sum(failed), MAX), sum(reports),
                    bool_or(saturated) OR greatest($largest) > MAX$sums
                FROM (SELECT domain, day, organization, channel, provenance, min(name) AS name,
                          $each $successful AS successful, $failed AS failed, 1 AS reports, false AS saturated
                      FROM (SELECT p.domain, p.day, p.organization, p.report, r.channel, r.provenance, p.policy_type,
                                NAME AS name, coalesce(p.successful, 0) AS successful, coalesce(p.failed, 0) AS failed
                            FROM u
                            $policies) c
                      GROUP BY domain, day, organization, channel, provenance, report$sealed) e
                GROUP BY domain, day, organization, channel, provenance""".replace("$largest", largest)
                .replace("$sums", sums)
                .replace("$each", each)
                .replace("$successful", SessionEstimate.of("successful", "policy_type"))
                .replace("$failed", SessionEstimate.of("failed", "policy_type"))
                .replace("$sealed", sealed)
                .replace("$rows", rows)
                .replace("$policies", policies)
                .replace("NAME", NAME)
                .replace("MAX", MAX);
    }

    private static String others(String rows, String policies, String sealed) {
        return """
                WITH u AS MATERIALIZED (SELECT * FROM $rows)
                SELECT domain, day, organization, channel, provenance, policy_type, min(name),
                    least(sum(successful), MAX), least(sum(failed), MAX), sum(reports),
                    bool_or(saturated) OR greatest(sum(successful), sum(failed)) > MAX
                FROM (SELECT p.domain, p.day, p.organization, r.channel, r.provenance, p.policy_type, min(NAME) AS name,
                          sum(coalesce(p.successful, 0)) AS successful, sum(coalesce(p.failed, 0)) AS failed,
                          1 AS reports, false AS saturated
                      FROM u
                      $policies
                      WHERE p.policy_type NOT IN ('sts', 'tlsa', 'no-policy-found')
                      GROUP BY 1, 2, 3, 4, 5, 6, p.report$sealed) e
                GROUP BY domain, day, organization, channel, provenance, policy_type""".replace("$sealed", sealed)
                .replace("$rows", rows)
                .replace("$policies", policies)
                .replace("NAME", NAME)
                .replace("MAX", MAX);
    }

    // The two halves of the view failure_occurrence, written out: joined to the view, the planner reads all policies.
    private static String failures(String rows, String policies, String sealed) {
        return """
                WITH u AS MATERIALIZED (SELECT * FROM $rows)
                SELECT domain, day, organization, channel, provenance, policy_type, result_type, mx, min(name),
                    least(sum(failed), MAX), sum(reports), bool_or(saturated) OR sum(failed) > MAX, sum(of_type),
                    sum(of_all)
                FROM (SELECT domain, day, organization, channel, provenance, policy_type, result_type, mx,
                          min(name) AS name, sum(failed) AS failed, 1 AS reports, false AS saturated,
                          (row_number() OVER (PARTITION BY domain, day, organization, report, result_type
                              ORDER BY policy_type COLLATE "C", mx COLLATE "C") = 1)::integer AS of_type,
                          (row_number() OVER (PARTITION BY domain, day, organization, report
                              ORDER BY result_type COLLATE "C", policy_type COLLATE "C", mx COLLATE "C") = 1)::integer AS of_all
                      FROM (SELECT p.domain, p.day, p.organization, r.channel, r.provenance, p.policy_type, p.report,
                                coalesce(f.detail ->> 'type', 'unspecified') AS result_type,
                                coalesce(f.detail ->> 'mx', '') AS mx, NAME AS name,
                                coalesce((f.detail ->> 'n')::bigint, 0) AS failed
                            FROM u
                            $policies AND p.details > 0
                            CROSS JOIN LATERAL jsonb_array_elements(p.failures) AS f(detail)
                            UNION ALL
                            SELECT p.domain, p.day, p.organization, r.channel, r.provenance, p.policy_type, p.report,
                                'unspecified', '', NAME, p.failed
                            FROM u
                            $policies AND p.details = 0 AND p.failed > 0) c
                      GROUP BY domain, day, organization, channel, provenance, policy_type, result_type, mx, report$sealed) e
                GROUP BY domain, day, organization, channel, provenance, policy_type, result_type, mx""".replace("$sealed", sealed)
                .replace("$rows", rows)
                .replace("$policies", policies)
                .replace("NAME", NAME)
                .replace("MAX", MAX);
    }
}

package dev.sealpost.store;

import java.util.Collections;
import java.util.List;

import dev.sealpost.origin.Provenance;

/**
 * The sums over all domains that are kept by reporter, as tables for questions. They have a report once for each of its
 * domains; rows with negative numbers of reports take off what is too much, of the few that name several.
 */
final class OverAll {
    /** Sessions a day and reporter. */
    static final String SESSIONS = """
            (SELECT day, organization, min(organization_name COLLATE "C") AS organization_name,
                sum(successful) AS successful, sum(failed) AS failed, sum(reports) AS reports
             FROM rollup_sessions GROUP BY day, organization HAVING sum(reports) > 0)""";

    /** Occurrences a day, reporter and result type. */
    static final String FAILURES = """
            (SELECT day, organization, result_type, min(organization_name COLLATE "C") AS organization_name,
                sum(failed) AS failed, sum(reports) AS reports
             FROM rollup_reporters GROUP BY day, organization, result_type
             HAVING (sum(reports) > 0 OR sum(failed) > 0) AND result_type %s)""";

    private static final String SEVERAL =
            " r.counts AND cardinality(array_remove(r.domains, '')) > 1 AND r.day BETWEEN ? AND ?";

    // OFFSET 0 keeps the planner from reading the policies of all reports. Verified ones are never kept aside.
    private static final String MORE_SESSIONS = """
            SELECT r.day, r.organization, NULL::text, 0, 0, sum(1 - cardinality(array_remove(r.domains, '')))
            FROM report r WHERE r.rank < $unverified AND$several GROUP BY 1, 2
            UNION ALL
            SELECT r.day, r.organization, NULL::text, 0, 0, sum(1 - n.domains) FROM report r CROSS JOIN LATERAL (
                SELECT count(DISTINCT p.domain) AS domains FROM policy p
                WHERE p.domain = ANY (r.domains) AND p.domain <> '' AND p.day = r.day AND p.day BETWEEN ? AND ?
                  AND p.organization = r.organization AND p.report = r.id AND NOT p.aside
                OFFSET 0) n
            WHERE r.rank >= $unverified AND n.domains > 1 AND$several GROUP BY 1, 2""".replace("$unverified", String.valueOf(Provenance.UNVERIFIED.rank()))
            .replace("$several", SEVERAL);
    private static final String MORE_FAILURES = """
            SELECT r.day, r.organization, n.result_type, NULL::text, 0, sum(1 - n.domains)
            FROM report r CROSS JOIN LATERAL (
                SELECT %s AS result_type, count(DISTINCT p.domain) AS domains FROM policy p CROSS JOIN LATERAL (
                    SELECT coalesce(f.detail ->> 'type', 'unspecified') AS result_type
                    FROM jsonb_array_elements(p.failures) AS f(detail)
                    UNION ALL SELECT 'unspecified' WHERE p.details = 0) o
                WHERE p.domain = ANY (r.domains) AND p.domain <> '' AND p.day = r.day AND p.day BETWEEN ? AND ?
                  AND p.organization = r.organization AND p.report = r.id AND NOT p.aside
                  AND (p.details > 0 OR p.failed > 0)
                GROUP BY 1 OFFSET 0) n
            WHERE n.domains > 1 AND""" + SEVERAL + " GROUP BY 1, 2, 3";

    private OverAll() {}

    /**
     * Sessions, called {@code f}.
     *
     * @param filter days
     * @param counted whether their numbers of reports are right, too
     */
    static Sql sessions(Filter filter, boolean counted) {
        Sql table =
                new Sql("(SELECT * FROM " + SESSIONS + " s WHERE s.day BETWEEN ? AND ?", filter.from(), filter.to());
        if (counted) {
            table.add(" UNION ALL ").add(MORE_SESSIONS, days(filter, 3));
        }
        return table.add(") f");
    }

    /**
     * Failures, called {@code f}.
     *
     * @param filter days
     * @param byType whether result types are told apart
     * @param counted whether their numbers of reports are right, too
     */
    static Sql failures(Filter filter, boolean byType, boolean counted) {
        Sql table = new Sql(
                "(SELECT * FROM " + FAILURES.formatted(byType ? "<> ''" : "= ''") + " s WHERE s.day BETWEEN ? AND ?",
                filter.from(),
                filter.to());
        if (counted) {
            table.add(" UNION ALL ").add(MORE_FAILURES.formatted(byType ? "o.result_type" : "''"), days(filter, 2));
        }
        return table.add(") f");
    }

    private static Object[] days(Filter filter, int times) {
        return Collections.nCopies(times, List.of(filter.from(), filter.to())).stream()
                .flatMap(List::stream)
                .toArray();
    }
}

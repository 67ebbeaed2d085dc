package dev.sealpost.store;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The failures of each domain in groups, with distinct counts out of the daily tables where these say them. A report has one
 * day, reporter and origin, so it counts twice only where several cells that differ in nothing else come into one group.
 * Such cells hold one report if their origin has no more that day; if it has, its details are read.
 */
final class CellCounts {
    private static final String ORIGIN = "domain, day, organization, channel, provenance";
    private static final String F_ORIGIN = "f." + ORIGIN.replace(", ", ", f.");
    private static final String UNCLEAR = """
            , unclear AS (
                SELECT %1$s FROM cells c GROUP BY %1$s
                HAVING CASE WHEN max(c.cells) > 1 THEN coalesce((
                    SELECT s.reports FROM daily_sessions s
                    WHERE s.domain = c.domain AND s.day = c.day AND s.day BETWEEN ? AND ?
                      AND s.organization = c.organization AND s.channel = c.channel AND s.provenance = c.provenance), 2) > 1
                ELSE false END)""".formatted(ORIGIN);

    // OFFSET 0 keeps the planner from reading all details first.
    private static final String DETAILS = """
             count(DISTINCT f.report) AS reports FROM (
                SELECT d.* FROM unclear u CROSS JOIN LATERAL (
                    SELECT o.*, r.channel, r.provenance FROM failure_occurrence o CROSS JOIN LATERAL (
                        SELECT r.channel, r.provenance FROM report r
                        WHERE r.day = o.day AND r.day BETWEEN ? AND ? AND r.id = o.report AND r.counts LIMIT 1) r
                    WHERE o.domain = u.domain AND o.day = u.day AND o.day BETWEEN ? AND ?
                      AND o.organization = u.organization AND r.channel = u.channel AND r.provenance = u.provenance
                    OFFSET 0) d) f
            WHERE\s""";
    private static final String SUMS = """
             min(c.name) AS name, least(sum(c.failed), %s)::bigint AS failed, min(c.day) AS first_day,
                max(c.day) AS last_day, count(DISTINCT c.organization) AS organizations,
                coalesce(sum(CASE WHEN c.cells > 1 THEN 1 ELSE c.reports END)
                    FILTER (WHERE u.domain IS NULL), 0)::bigint AS reports
            FROM cells c LEFT JOIN unclear u USING (%s)""".formatted(Grouped.MAX, ORIGIN);

    private CellCounts() {}

    /**
     * The rows of each group.
     *
     * @param keys groups; the domain is among them unless the filter is for a single one
     * @param filter one that does not ask for addresses
     */
    static Grouped grouped(List<FailureKey> keys, Filter filter) {
        Sql sql = new Sql(
                        "cells AS (SELECT " + Grouped.names(keys) + F_ORIGIN + ", min(f.organization_name) AS name,"
                                + " sum(f.failed) AS failed, count(*) AS cells, min(f.reports) AS reports FROM daily_failures f WHERE ")
                .add(Conditions.ofFailures(filter))
                .add(" GROUP BY " + F_ORIGIN + Grouped.numbers(keys, ", ") + ")")
                .add(UNCLEAR, filter.from(), filter.to())
                .add(", details AS (SELECT " + Grouped.names(keys))
                .add(DETAILS, filter.from(), filter.to(), filter.from(), filter.to())
                .add(Conditions.ofFailures(filter))
                .add(Grouped.numbers(keys, " GROUP BY ") + ")");
        String names =
                IntStream.range(0, keys.size()).mapToObj(i -> "k" + i + ", ").collect(Collectors.joining());
        sql.add(", certain AS (SELECT " + names + SUMS + Grouped.numbers(keys, " GROUP BY ") + " HAVING count(*) > 0)");
        String stored = "CASE WHEN " + Conditions.allStored(filter) + " THEN c.";
        sql.add(", summed AS (SELECT " + names + "c.name, c.failed, c.first_day, c.last_day, " + stored
                + "organizations END AS organizations, " + stored + "reports + coalesce(d.reports, 0) END AS reports"
                + " FROM certain c " + Grouped.joined("details d", keys) + ")");
        return Grouped.of(keys, sql);
    }
}

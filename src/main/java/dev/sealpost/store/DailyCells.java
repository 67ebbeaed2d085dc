package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import jakarta.inject.Singleton;

/**
 * Derives the daily tables from the stored reports that count. A cell is never added to: it is computed anew, so that a
 * replay, a duplicate, a late report and a changed rule are one and the same operation.
 */
@Singleton
class DailyCells {
    /** Version of the counting rule below. Raise it with every change that makes other numbers of the same reports. */
    static final int RULE = 1;

    // PostgreSQL sums bigint as numeric, so nothing overflows before it is cut to what a bigint holds.
    private static final String MAX = "9223372036854775807";

    /** How the reporter of a report {@code r} writes itself. */
    private static final String NAME =
            "coalesce(nullif(trim(r.organization_name), ''), nullif(r.organization, ''), 'unknown')";

    private static final String LOCK = """
            INSERT INTO daily_unit AS d (domain, day, organization, rule)
            SELECT u.domain, u.day, u.organization, ? FROM %s ORDER BY u.domain, u.day, u.organization
            ON CONFLICT (domain, day, organization) DO UPDATE SET rule = greatest(d.rule, excluded.rule)
            RETURNING d.domain, d.day, d.organization, d.rule""".formatted(Unit.bulk("daily_unit").rows());

    /** The counting policies of the units, each with its report's origin and the reporter's name. */
    private static final String COUNTED =
            """
            (SELECT p.domain, p.day, p.organization, p.report, r.channel, r.provenance, p.policy_type,
                    NAME AS name,
                    coalesce(p.successful, 0) AS successful, coalesce(p.failed, 0) AS failed
             FROM %s
             JOIN policy p ON p.domain = u.domain AND p.day = u.day AND p.organization = u.organization
             JOIN report r ON r.day = p.day AND r.id = p.report AND r.counts) c
            """.formatted(Unit.bulk("policy").rows()).replace("NAME", NAME);

    private static final String POLICY_SESSIONS =
            """
            INSERT INTO daily_policy_sessions (domain, day, organization, channel, provenance, policy_type,
                organization_name, successful, failed, reports, saturated)
            SELECT domain, day, organization, channel, provenance, policy_type, min(name),
                least(sum(successful), MAX), least(sum(failed), MAX), count(DISTINCT report),
                sum(successful) > MAX OR sum(failed) > MAX
            FROM COUNTED
            GROUP BY domain, day, organization, channel, provenance, policy_type""".replace("COUNTED", COUNTED).replace("MAX", MAX);

    // A session may stand under sts and under tlsa (RFC 8460, section 4.4 allows it, Microsoft does it), never under
    // two policies of other types: within one report and domain the larger of the two counts.
    private static final String SESSIONS = """
            INSERT INTO daily_sessions (domain, day, organization, channel, provenance,
                organization_name, successful, failed, reports, saturated)
            SELECT domain, day, organization, channel, provenance, min(name),
                least(sum(successful), MAX), least(sum(failed), MAX), count(*),
                sum(successful) > MAX OR sum(failed) > MAX
            FROM (SELECT domain, day, organization, channel, provenance, report, min(name) AS name,
                      ESTIMATE(successful) AS successful, ESTIMATE(failed) AS failed
                  FROM COUNTED
                  GROUP BY domain, day, organization, channel, provenance, report) e
            GROUP BY domain, day, organization, channel, provenance""".replace(
                    "ESTIMATE(successful)", SessionEstimate.of("successful", "policy_type"))
            .replace("ESTIMATE(failed)", SessionEstimate.of("failed", "policy_type"))
            .replace("COUNTED", COUNTED)
            .replace("MAX", MAX);

    // The two halves of the view failure_occurrence, written out: joined to the view, the planner reads all policies.
    private static final String FAILURES =
            """
            WITH u AS MATERIALIZED (SELECT * FROM %s)
            INSERT INTO daily_failures (domain, day, organization, channel, provenance, policy_type, result_type,
                receiving_mx_hostname, organization_name, failed, reports, saturated)
            SELECT domain, day, organization, channel, provenance, policy_type, result_type, mx, min(name),
                least(sum(failed), MAX), count(DISTINCT report), sum(failed) > MAX
            FROM (SELECT f.domain, f.day, f.organization, r.channel, r.provenance, f.policy_type, f.report,
                      coalesce(f.result_type, 'unspecified') AS result_type,
                      coalesce(f.receiving_mx_hostname, '') AS mx, NAME AS name, coalesce(f.failed, 0) AS failed
                  FROM u
                  JOIN failure_detail f ON f.domain = u.domain AND f.day = u.day AND f.organization = u.organization
                  JOIN report r ON r.day = f.day AND r.id = f.report AND r.counts
                  UNION ALL
                  SELECT p.domain, p.day, p.organization, r.channel, r.provenance, p.policy_type, p.report,
                      'unspecified', '', NAME, p.failed
                  FROM u
                  JOIN policy p ON p.domain = u.domain AND p.day = u.day AND p.organization = u.organization
                      AND p.details = 0 AND p.failed > 0
                  JOIN report r ON r.day = p.day AND r.id = p.report AND r.counts) c
            GROUP BY domain, day, organization, channel, provenance, policy_type, result_type, mx""".formatted(Unit.bulk("failure").rows()).replace("NAME", NAME).replace("MAX", MAX);

    /**
     * Locks units, in one order for all writers, so that of two writers of one unit the second reads what the first
     * committed.
     *
     * @return the units to derive; those of a newer rule are left to the program that knows it
     */
    List<Unit> lock(Connection connection, List<Unit> units) throws SQLException {
        List<Unit> mine = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setInt(1, RULE);
            Unit.bulk("daily_unit").bind(connection, statement, units, 2);
            try (ResultSet locked = statement.executeQuery()) {
                while (locked.next()) {
                    if (locked.getInt(4) == RULE) {
                        mine.add(new Unit(
                                locked.getString(1), locked.getObject(2, LocalDate.class), locked.getString(3)));
                    }
                }
            }
        }
        return mine;
    }

    /** Derives all cells of locked units. */
    void derive(Connection connection, List<Unit> units) throws SQLException {
        for (String table : List.of("daily_policy_sessions", "daily_sessions", "daily_failures")) {
            run(connection, units, """
                    DELETE FROM %s d USING %s
                    WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization""".formatted(table, Unit.bulk(table).rows()));
        }
        run(connection, units, POLICY_SESSIONS);
        run(connection, units, SESSIONS);
        run(connection, units, FAILURES);
    }

    private static void run(Connection connection, List<Unit> units, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Unit.bulk("").bind(connection, statement, units, 1);
            statement.executeUpdate();
        }
    }
}

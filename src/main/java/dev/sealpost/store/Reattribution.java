package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.sealpost.report.Policy;

/** Moves stored policies from one domain to another. */
final class Reattribution {
    /** One policy of one report, the domain that it is attributed to, and the one that it is to have. */
    record Move(String from, String to, LocalDate day, String organization, UUID report, int position) {}

    private static final Bulk<Move> MOVES = new Bulk<Move>("policy")
            .column("domain", "text", Move::from)
            .column("target", "text", Move::to)
            .column("day", "date", Move::day)
            .column("organization", "text", Move::organization)
            .column("report", "uuid", Move::report)
            .column("position", "integer", Move::position);
    private static final String POLICIES = """
            UPDATE policy p SET domain = u.target, aside = false,
                flags = CASE WHEN u.domain = '' THEN p.flags || '{policy-domain-healed}' ELSE p.flags END
            FROM %s
            WHERE p.domain = u.domain AND p.day = u.day AND p.organization = u.organization AND p.report = u.report
              AND p.position = u.position
            RETURNING p.report, p.position, u.domain, u.target, p.day, p.organization""".formatted(MOVES.rows());
    private static final String REPORTS = """
            UPDATE report r SET domains = ARRAY(
                SELECT DISTINCT p.domain FROM policy p
                WHERE p.domain = ANY (r.domains || u.targets) AND p.day = r.day AND p.organization = r.organization
                  AND p.report = r.id ORDER BY 1)
            FROM (SELECT day, report, array_agg(target) AS targets FROM %s GROUP BY 1, 2) u
            WHERE r.day = u.day AND r.id = u.report""".formatted(MOVES.rows());

    private Reattribution() {}

    /**
     * Moves policies.
     *
     * @return the units that lost or gained something and have to be derived
     */
    static Set<Unit> move(Connection connection, List<Move> moves) throws SQLException {
        Set<Unit> units = new HashSet<>();
        MOVES.query(connection, POLICIES, moves, row -> {
            LocalDate day = row.getObject("day", LocalDate.class);
            String organization = row.getString("organization");
            units.add(new Unit(row.getString("domain"), day, organization));
            units.add(new Unit(row.getString("target"), day, organization));
        });
        units.removeIf(unit -> unit.domain().isEmpty());
        MOVES.run(connection, REPORTS, moves);
        return units;
    }

    /** Gives policies without a domain the one that a further arrival of their report brings. */
    static Set<Unit> heal(Connection connection, List<ReportRow> rows) throws SQLException {
        return move(
                connection,
                rows.stream()
                        .filter(row -> row.origin().claims() != null)
                        .flatMap(row -> IntStream.range(
                                        0, row.arrival().domains().size())
                                .filter(i -> isHealed(row, i))
                                .mapToObj(i -> new Move(
                                        "",
                                        row.arrival().domains().get(i),
                                        row.day(),
                                        row.organization(),
                                        row.id(),
                                        i)))
                        .distinct()
                        .toList());
    }

    /** Whether a policy has a domain that its body does not say. */
    static boolean isHealed(ReportRow row, int policy) {
        Policy one = row.report().policies().get(policy);
        return one.policyDomain() == null
                && !row.arrival().domains().get(policy).isEmpty();
    }
}

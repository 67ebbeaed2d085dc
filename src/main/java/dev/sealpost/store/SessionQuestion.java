package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Provenance;
import org.jspecify.annotations.Nullable;

/** How many sessions succeeded and failed, out of the summaries of policies (RFC 8460, section 4.4). */
@Singleton
public class SessionQuestion {
    private static final String SUMS = """
            least(sum(f.successful), %1$s)::bigint AS successful, least(sum(f.failed), %1$s)::bigint AS failed,
            (sum(f.failed) / nullif(sum(f.successful) + sum(f.failed), 0))::double precision AS rate""".formatted(Grouped.MAX);
    private static final String REPORTS = ", least(sum(f.reports), " + Grouped.MAX + ")::bigint AS reports";

    private static final String WHOLE_DAYS =
            "(SELECT d.*, ''::text AS organization_name FROM daily_domain d WHERE d.reports > 0) f";

    private final ReadTransaction transaction;
    private final Reach reach;

    SessionQuestion(ReadTransaction transaction, Reach reach) {
        this.transaction = transaction;
        this.reach = reach;
    }

    /** Whether the answer has sessions as reported for each policy type, and not the estimate. */
    public static boolean perPolicy(Filter filter, List<SessionKey> keys) {
        return !filter.policyTypes().isEmpty() || keys.contains(SessionKey.POLICY_TYPE);
    }

    /**
     * The rows after a position, at most so many.
     *
     * @throws TooManyRowsException if the question goes too far
     */
    public List<SessionRow> rows(Filter filter, List<SessionKey> keys, Optional<Position> after, int limit) {
        Grouped grouped = asked(filter, keys);
        return transaction.list(grouped.rows(after, limit), row -> row(grouped, row));
    }

    /** All rows, one by one. */
    public void forEach(Filter filter, List<SessionKey> keys, Consumer<SessionRow> consumer) {
        Grouped grouped = asked(filter, keys);
        transaction.forEach(grouped.rows(Optional.empty(), Integer.MAX_VALUE), row -> row(grouped, row), consumer);
    }

    /** The question, unless it goes too far. Sums over all domains are kept; their counts are left out where they go too far. */
    Grouped asked(Filter filter, List<SessionKey> keys) {
        if (kept(filter, keys)) {
            return overAll(filter, keys, !reach.tooManyOfSeveralDomains(filter));
        }
        reach.check(wholeDays(filter, keys) ? "daily_domain" : "daily_sessions", filter);
        return grouped(filter, keys);
    }

    private static boolean kept(Filter filter, List<SessionKey> keys) {
        return filter.onlyDays() && keys.stream().allMatch(key -> key.time() || key == SessionKey.ORGANIZATION);
    }

    private static Grouped overAll(Filter filter, List<SessionKey> keys, boolean counted) {
        Sql from = OverAll.sessions(filter, counted);
        String reports = "least(sum(f.reports), " + Grouped.MAX + ")::bigint END AS reports";
        return counted
                ? Grouped.sums(
                        keys, SUMS + ", CASE WHEN " + Conditions.allStored(filter) + " THEN " + reports, from, "")
                : Grouped.sums(keys, SUMS, from, ", NULL::bigint AS reports");
    }

    static Grouped grouped(Filter filter, List<SessionKey> keys) {
        if (kept(filter, keys)) {
            return overAll(filter, keys, true);
        }
        boolean perPolicy = perPolicy(filter, keys);
        Sql from = from(new Sql(table(filter, keys)), filter);
        // Cells of one report differ in domain and policy type alone: over several of these it is counted anew.
        boolean oneDomain = keys.contains(SessionKey.DOMAIN) || filter.domains().single();
        boolean onePolicy = !perPolicy
                || keys.contains(SessionKey.POLICY_TYPE)
                || filter.policyTypes().size() == 1;
        if (oneDomain && onePolicy) {
            return Grouped.sums(keys, SUMS + REPORTS, from, "");
        }
        String reports = "CASE WHEN " + Conditions.allStored(filter) + " THEN count(%s) END AS reports";
        return perPolicy
                ? Grouped.counted(keys, SUMS, from, reports.formatted("DISTINCT f.report"), policies(filter))
                : Grouped.counted(keys, SUMS, from, reports.formatted("*"), reports(filter));
    }

    /** The smallest table that knows it. */
    private static String table(Filter filter, List<SessionKey> keys) {
        if (perPolicy(filter, keys)) {
            return "daily_policy_sessions f";
        }
        return wholeDays(filter, keys) ? WHOLE_DAYS : "daily_sessions f";
    }

    /** Whether days of domains are asked for as wholes, over all reporters and origins. */
    private static boolean wholeDays(Filter filter, List<SessionKey> keys) {
        return filter.onlyDomains() && keys.stream().allMatch(key -> key.time() || key == SessionKey.DOMAIN);
    }

    private static Sql from(Sql table, Filter filter) {
        return table.add(" WHERE ").add(Conditions.ofFailures(filter));
    }

    private static Sql policies(Filter filter) {
        return from(new Sql("""
                        (SELECT p.*, r.channel, r.provenance
                         FROM policy p JOIN report r ON r.day = p.day AND r.id = p.report AND r.counts
                            AND r.day BETWEEN ? AND ?
                         WHERE p.domain <> '' AND NOT p.aside) f""", filter.from(), filter.to()), filter);
    }

    /** The reports that count, called {@code f}; one is counted once, however many domains it names. */
    static Sql reports(Filter filter) {
        return new Sql("""
                (SELECT r.day, r.organization, r.received_at FROM report r
                 WHERE r.counts AND cardinality(array_remove(r.domains, '')) > 0
                   AND (r.rank < %d OR EXISTS (SELECT FROM policy p WHERE p.domain = ANY (r.domains) AND p.day = r.day
                        AND p.organization = r.organization AND p.report = r.id AND NOT p.aside))
                   AND\s""".formatted(Provenance.UNVERIFIED.rank()))
                .add(Conditions.ofReports(filter))
                .add(") f");
    }

    static SessionRow row(Grouped grouped, ResultSet row) throws SQLException {
        double rate = row.getDouble("rate");
        @Nullable Double rateIfAny = row.wasNull() ? null : rate;
        long failed = row.getLong("failed");
        return new SessionRow(
                grouped.shown(row),
                row.getLong("successful"),
                failed,
                rateIfAny,
                Grouped.count(row, "reports"),
                new Position(grouped.position(row), failed));
    }
}

package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jakarta.inject.Singleton;

/** Sums over many domains, out of verified reports, in which no single report weighs much. */
@Singleton
public class PoolDays {
    private static final String VERIFIED = "provenance NOT IN (" + Unverified.LABELS + ")";

    /** A domain keeps its place among the others, whoever asks. */
    private static final String SAMPLE = """
            SELECT domain FROM (SELECT DISTINCT domain FROM daily_domain WHERE day >= ? AND domain <> '') d
            ORDER BY md5(domain) LIMIT ?""";

    private static final String CELLS = """
            SELECT domain, organization, day, sum(successful::numeric + failed) AS sessions
            FROM daily_sessions WHERE domain = ANY (?) AND day >= ? AND %s GROUP BY 1, 2, 3""".formatted(VERIFIED);

    private static final String SESSIONS = """
            SELECT organization, day, sum(least(sessions, ?))::bigint AS sessions
            FROM (%s) c GROUP BY 1, 2""".formatted(CELLS);

    private static final String FAILURES = """
            SELECT c.organization, c.day, f.result_type,
                sum(least(f.failed / greatest(c.sessions, 1), ?::numeric) * least(c.sessions, ?))::double precision AS failed
            FROM (%s) c JOIN (
                SELECT domain, organization, day, result_type, greatest(
                    coalesce(sum(failed) FILTER (WHERE policy_type = 'sts'), 0),
                    coalesce(sum(failed) FILTER (WHERE policy_type <> 'sts'), 0)) AS failed
                FROM daily_failures WHERE domain = ANY (?) AND day >= ? AND %s GROUP BY 1, 2, 3, 4) f
            ON f.domain = c.domain AND f.organization = c.organization AND f.day = c.day
            WHERE c.sessions > 0 GROUP BY 1, 2, 3""".formatted(CELLS, VERIFIED);

    private final ReadTransaction reading;

    PoolDays(ReadTransaction reading) {
        this.reading = reading;
    }

    /**
     * One reporter's day over many domains.
     *
     * @param sessions of which a domain counts at most the bound
     * @param failed by result type, a fraction of these sessions
     */
    public record Day(String organization, LocalDate day, long sessions, Map<String, Double> failed) {}

    private record Key(String organization, LocalDate day) {}

    /** Domains with reports since a day, at most so many: by chance, and always the same. */
    public List<String> sample(LocalDate since, int most) {
        return reading.readAtLeisure(
                connection -> ReadTransaction.list(connection, new Sql(SAMPLE, since, most), row -> row.getString(1)));
    }

    /** The reporters' days over these domains. */
    public List<Day> days(Collection<String> domains, LocalDate from, long mostSessions, double mostFailures) {
        return reading.readAtLeisure(connection -> {
            Map<Key, Map<String, Double>> failures = failures(connection, domains, from, mostSessions, mostFailures);
            return ReadTransaction.list(connection, new Sql(SESSIONS, mostSessions, domains, from), row -> {
                Key key = new Key(row.getString("organization"), row.getObject("day", LocalDate.class));
                return new Day(
                        key.organization, key.day, row.getLong("sessions"), failures.getOrDefault(key, Map.of()));
            });
        });
    }

    private static Map<Key, Map<String, Double>> failures(
            Connection connection, Collection<String> domains, LocalDate from, long mostSessions, double mostFailures)
            throws SQLException {
        Map<Key, Map<String, Double>> failures = new HashMap<>();
        Sql sql = new Sql(FAILURES, mostFailures, mostSessions, domains, from, domains, from);
        ReadTransaction.list(
                connection,
                sql,
                row -> failures.computeIfAbsent(
                                new Key(row.getString("organization"), row.getObject("day", LocalDate.class)),
                                key -> new HashMap<>())
                        .put(row.getString("result_type"), row.getDouble("failed")));
        return failures;
    }

    /** Those of some domains a reporter says most of since a day, in verified reports, most sessions first. */
    public List<String> domainsOf(String organization, Collection<String> domains, LocalDate since, int most) {
        Sql sql = new Sql(
                "SELECT domain FROM daily_sessions WHERE domain = ANY (?) AND day >= ? AND organization = ? AND "
                        + VERIFIED + " GROUP BY 1 ORDER BY sum(successful::numeric + failed) DESC, 1 LIMIT ?",
                domains,
                since,
                organization,
                most);
        return reading.readAtLeisure(
                connection -> new ArrayList<>(ReadTransaction.list(connection, sql, row -> row.getString(1))));
    }
}

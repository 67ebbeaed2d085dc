package dev.sealpost.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jakarta.inject.Singleton;

/**
 * The days of domains by reporter, out of the daily tables: what verified reports say and what others say, apart. Of one
 * domain's unverified reporters those with most days are read, for anybody can invent more.
 */
@Singleton
public class SeriesDays {
    private static final int MOST_UNVERIFIED = 200;
    private static final int MOST_HOSTS = 5;
    private static final long MOST_SESSIONS = 1_000_000_000_000_000L;

    private static final String VERIFIED = "provenance NOT IN (" + Unverified.LABELS + ")";

    private static final String CHOSEN = """
             (%1$s OR (domain, organization) IN (SELECT domain, organization FROM (
                SELECT domain, organization, row_number() OVER (
                    PARTITION BY domain ORDER BY count(DISTINCT day) DESC, organization) AS place
                FROM daily_sessions WHERE domain = ANY (?) AND day >= ? AND NOT %1$s GROUP BY 1, 2) o
                WHERE place <= %2$d))""".formatted(VERIFIED, MOST_UNVERIFIED);

    private static final String SESSIONS = """
            SELECT domain, organization, %1$s AS verified, day, max(organization_name) AS name,
                least(sum(successful::numeric + failed), %2$d)::bigint AS sessions,
                least(sum(failed::numeric), %2$d)::bigint AS failed_sessions, bool_or(tlsa_reports > 0) AS dane
            FROM daily_sessions d WHERE domain = ANY (?) AND day >= ?""".formatted(VERIFIED, MOST_SESSIONS);

    /** The same sessions may stand under sts and under tlsa. */
    private static final String FAILURES = """
            SELECT domain, organization, verified, day, result_type,
                least(greatest(coalesce(sum(failed) FILTER (WHERE policy_type = 'sts'), 0),
                    coalesce(sum(failed) FILTER (WHERE policy_type = 'tlsa'), 0))
                    + coalesce(sum(failed) FILTER (WHERE policy_type NOT IN ('sts', 'tlsa')), 0), %2$d)::bigint AS failed,
                (array_agg(DISTINCT host) FILTER (WHERE host <> ''))[1:%3$d] AS hosts
            FROM (SELECT domain, organization, %1$s AS verified, day, result_type, policy_type, failed::numeric AS failed,
                    receiving_mx_hostname AS host
                FROM daily_failures d WHERE domain = ANY (?) AND day >= ?""".formatted(VERIFIED, MOST_SESSIONS, MOST_HOSTS);

    private final ReadTransaction reading;

    SeriesDays(ReadTransaction reading) {
        this.reading = reading;
    }

    /**
     * Sessions that failed in one way.
     *
     * @param hosts receiving MX hostnames that were named, at most five
     */
    public record Failed(String resultType, long sessions, List<String> hosts) {}

    /**
     * One reporter's day of one domain.
     *
     * @param organization as compared
     * @param name as it writes itself
     * @param verified whether it is known who sent the reports
     * @param sessions the estimate, failed ones included
     * @param failedSessions those of them that failed
     * @param dane whether a tlsa policy was applied
     */
    public record Day(
            String domain,
            String organization,
            String name,
            boolean verified,
            LocalDate day,
            long sessions,
            long failedSessions,
            boolean dane,
            List<Failed> failed) {}

    private record Key(String domain, String organization, boolean verified, LocalDate day) {
        static Key of(ResultSet row) throws SQLException {
            return new Key(
                    row.getString("domain"),
                    row.getString("organization"),
                    row.getBoolean("verified"),
                    row.getObject("day", LocalDate.class));
        }
    }

    /** Passes on all days of some domains, in no certain order. */
    public void forEach(Collection<String> domains, LocalDate from, Consumer<Day> consumer) {
        read(domains, from, new Sql(" AND").add(CHOSEN, domains, from), consumer);
    }

    /** Passes on the days of one reporter's verified reports about some domains. */
    public void ofReporter(String organization, Collection<String> domains, LocalDate from, Consumer<Day> consumer) {
        read(domains, from, new Sql(" AND organization = ? AND " + VERIFIED, organization), consumer);
    }

    private void read(Collection<String> domains, LocalDate from, Sql chosen, Consumer<Day> consumer) {
        if (domains.isEmpty()) {
            return;
        }
        reading.readAtLeisure(connection -> {
            Map<Key, List<Failed>> failures = failures(connection, domains, from, chosen);
            Sql sql = new Sql(SESSIONS, domains, from).add(chosen).add(" GROUP BY 1, 2, 3, 4");
            try (var statement = sql.prepare(connection)) {
                statement.setFetchSize(2_000);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        Key key = Key.of(row);
                        consumer.accept(day(row, key, failures.getOrDefault(key, List.of())));
                    }
                }
            }
            return true;
        });
    }

    private static Day day(ResultSet row, Key key, List<Failed> failed) throws SQLException {
        return new Day(
                key.domain,
                key.organization,
                row.getString("name"),
                key.verified,
                key.day,
                row.getLong("sessions"),
                row.getLong("failed_sessions"),
                row.getBoolean("dane"),
                failed);
    }

    private static Map<Key, List<Failed>> failures(
            Connection connection, Collection<String> domains, LocalDate from, Sql chosen) throws SQLException {
        Map<Key, List<Failed>> failures = new HashMap<>();
        Sql sql = new Sql(FAILURES, domains, from).add(chosen).add(") f GROUP BY 1, 2, 3, 4, 5");
        ReadTransaction.list(
                connection,
                sql,
                row -> failures.computeIfAbsent(Key.of(row), key -> new ArrayList<>())
                        .add(new Failed(row.getString("result_type"), row.getLong("failed"), hosts(row))));
        return failures;
    }

    private static List<String> hosts(ResultSet row) throws SQLException {
        Array hosts = row.getArray("hosts");
        return hosts == null ? List.of() : List.of((String[]) hosts.getArray());
    }
}

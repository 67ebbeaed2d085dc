package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/** The domains that reports name, with their last days. */
@Singleton
public class DomainQuestion {
    // One step of the index for each domain, however many days and reporters it has.
    private static final String NAMES = """
            WITH RECURSIVE seen AS (
                (SELECT domain FROM daily_domain WHERE domain > ? ORDER BY domain LIMIT 1)
                UNION ALL
                (SELECT n.domain FROM seen CROSS JOIN LATERAL
                   (SELECT domain FROM daily_domain WHERE domain > seen.domain ORDER BY domain LIMIT 1) n))
            SELECT domain FROM seen WHERE\s""";
    private static final String REGISTERED =
            "SELECT domain FROM watched_domain WHERE NOT removed AND domain > ? AND (? = '' OR tenant = ?)"
                    + " ORDER BY domain LIMIT ?";
    private static final String NAMED = """
            SELECT domain FROM unnest(?::text[]) AS n(domain)
            WHERE domain > ? AND (EXISTS (SELECT FROM daily_domain d WHERE d.domain = n.domain)
                OR EXISTS (SELECT FROM watched_domain w WHERE w.domain = n.domain AND NOT w.removed))
            ORDER BY domain LIMIT ?""";
    private static final String OTHERS = "SELECT domain FROM unnest(?::text[]) AS o(domain) WHERE domain > ?";

    // least() passes over null: without days a sum would be the largest number, not none.
    private static final String HISTORY = """
            SELECT d.domain, b.first_report, b.last_report, s.successful, s.failed, s.rate, s.days, s.rates
            FROM unnest(?::text[]) AS d(domain)
            LEFT JOIN LATERAL (
                SELECT least(coalesce(sum(e.successful), 0), %1$s)::bigint AS successful,
                    least(coalesce(sum(e.failed), 0), %1$s)::bigint AS failed,
                    (sum(e.failed) / nullif(sum(e.successful) + sum(e.failed), 0))::double precision AS rate,
                    array_agg(e.day - ?::date) AS days,
                    array_agg((e.failed / nullif(e.successful + e.failed, 0))::double precision) AS rates
                FROM (SELECT c.day, sum(c.successful) AS successful, sum(c.failed) AS failed FROM daily_sessions c
                      WHERE c.domain = d.domain AND c.day BETWEEN ? AND ? GROUP BY c.day) e) s ON true
            LEFT JOIN LATERAL (
                SELECT min(r.received_at) FILTER (WHERE p.day = u.first) AS first_report,
                    max(r.received_at) FILTER (WHERE p.day = u.last) AS last_report
                FROM (SELECT min(day) AS first, max(day) AS last FROM daily_domain WHERE domain = d.domain) u
                JOIN policy p ON p.domain = d.domain AND p.day IN (u.first, u.last)
                JOIN report r ON r.day = p.day AND r.id = p.report) b ON true
            ORDER BY d.domain""".formatted(Grouped.MAX);

    private final ReadTransaction transaction;

    DomainQuestion(ReadTransaction transaction) {
        this.transaction = transaction;
    }

    /**
     * Names of domains, in the database's order: of a scope that holds all registered domains those too, reported or not.
     *
     * @param others further registered domains, beside those of the table
     * @param after the name to go on after; empty at the start
     * @param limit most names
     */
    public List<String> names(DomainScope scope, Collection<String> others, String after, int limit) {
        if (scope instanceof DomainScope.Only(Set<String> named)) {
            return transaction.list(new Sql(NAMED, named, after, limit), row -> row.getString(1));
        }
        boolean unregistered = !(scope instanceof DomainScope.Watched)
                && !(scope instanceof DomainScope.Owned owned && !owned.allUnregistered());
        Sql sql = new Sql("SELECT domain FROM (");
        if (unregistered) {
            sql.add("(")
                    .add(new Sql(NAMES, after))
                    .add(Conditions.ofDomains(scope))
                    .add(" LIMIT ?)", limit);
            sql.add(" UNION ");
        }
        if (!(scope instanceof DomainScope.Unclaimed)) {
            String tenant = scope instanceof DomainScope.Owned owned ? owned.tenant() : "";
            sql.add("(" + REGISTERED + ")", after, tenant, tenant, limit).add(" UNION ");
        }
        sql.add("(" + OTHERS + ")", others, after).add(") n ORDER BY domain LIMIT ?", limit);
        return transaction.list(sql, row -> row.getString(1));
    }

    /** Whether a report names the domain. */
    public boolean reported(String domain) {
        return !transaction
                .list(new Sql("SELECT 1 FROM daily_domain WHERE domain = ? LIMIT 1", domain), row -> 1)
                .isEmpty();
    }

    /** The histories of domains over some days, in order of their names, of those without reports too. */
    public List<DomainHistory> histories(Collection<String> domains, LocalDate from, LocalDate to) {
        return transaction.list(new Sql(HISTORY, domains, from, from, to), row -> history(row, from, to));
    }

    private static DomainHistory history(ResultSet row, LocalDate from, LocalDate to) throws SQLException {
        @Nullable Double[] sparkline = new @Nullable Double[Math.toIntExact(ChronoUnit.DAYS.between(from, to)) + 1];
        if (row.getArray("days") != null) {
            Integer[] days = (Integer[]) row.getArray("days").getArray();
            @Nullable
            Double[] rates = (@Nullable Double[]) row.getArray("rates").getArray();
            for (int i = 0; i < days.length; i++) {
                sparkline[days[i]] = rates[i];
            }
        }
        double rate = row.getDouble("rate");
        @Nullable Double rateIfAny = row.wasNull() ? null : rate;
        return new DomainHistory(
                row.getString("domain"),
                instant(row, "first_report"),
                instant(row, "last_report"),
                row.getLong("successful"),
                row.getLong("failed"),
                rateIfAny,
                Arrays.asList(sparkline));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

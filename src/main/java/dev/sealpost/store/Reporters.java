package dev.sealpost.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Provenance;

/**
 * When reporters usually report, and which days of a domain are complete because all of its usual reporters have. A
 * reporter is a usual one of a domain if it reported on three or more of the fourteen days before.
 */
@Singleton
public class Reporters {
    /** Reports that are looked at, about: percentiles do not need all of twenty million a day. */
    private static final long SAMPLE = 200_000;

    // Verified reports are asked first where there are some: anybody can send others, at any time.
    private static final String LEARN = """
            INSERT INTO reporter AS o (organization, usual_delay_hours, reports, learned_at)
            SELECT organization,
                least(48, greatest(1, ceil(CASE WHEN verified >= 5 THEN of_verified ELSE of_all END / 3600.0))), reports, ?
            FROM (SELECT organization, count(*) AS reports, count(*) FILTER (WHERE rank < %d) AS verified,
                    percentile_disc(0.95) WITHIN GROUP (ORDER BY late) AS of_all,
                    percentile_disc(0.95) WITHIN GROUP (ORDER BY late) FILTER (WHERE rank < %1$d) AS of_verified
                  FROM (SELECT organization, rank,
                            extract(epoch FROM received_at - ((day + 1)::timestamp AT TIME ZONE 'UTC')) AS late
                        FROM report TABLESAMPLE SYSTEM (?) WHERE day BETWEEN ? AND ? AND counts) r
                  GROUP BY organization) s
            ORDER BY organization
            ON CONFLICT (organization) DO UPDATE SET usual_delay_hours = excluded.usual_delay_hours,
                reports = excluded.reports, learned_at = excluded.learned_at""".formatted(Provenance.UNVERIFIED.rank());
    private static final String ABOUT =
            "SELECT coalesce(sum(greatest(c.reltuples, 0)), 0) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                    + " WHERE i.inhparent = 'report'::regclass";
    private static final String FORGET = "DELETE FROM reporter WHERE learned_at < ?";

    private static final int DAYS_BEFORE = 14;

    private static final String COMPLETE = """
            SELECT d.domain, s.day::date AS day
            FROM unnest(?::text[]) AS d(domain)
            CROSS JOIN generate_series(?::date, ?::date, interval '1 day') AS s(day)
            CROSS JOIN LATERAL (
                SELECT count(*) AS reporters, count(*) FILTER (WHERE
                    NOT EXISTS (SELECT FROM daily_sessions c WHERE c.domain = d.domain AND c.day = s.day::date
                        AND c.day BETWEEN ? AND ? AND c.organization = u.organization)
                    AND ?::timestamptz < ((s.day::date + 1)::timestamp AT TIME ZONE 'UTC')
                        + interval '1 hour' * coalesce((SELECT o.usual_delay_hours FROM reporter o
                            WHERE o.organization = u.organization), 48)) AS missing
                FROM (SELECT organization FROM daily_sessions
                      WHERE domain = d.domain AND day BETWEEN s.day::date - $before AND s.day::date - 1
                        AND day BETWEEN ? AND ?
                      GROUP BY organization HAVING count(DISTINCT day) >= 3) u) m
            WHERE m.reporters > 0 AND m.missing = 0""".replace("$before", String.valueOf(DAYS_BEFORE));

    private final ReadTransaction reading;
    private final WriteTransaction writing;

    Reporters(ReadTransaction reading, WriteTransaction writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /**
     * Learns the usual delays from the reports about days that should be complete.
     *
     * @param today the UTC day of now
     */
    public void learn(LocalDate today, Instant now) {
        writing.write(connection -> {
            double reports = ReadTransaction.list(connection, new Sql(ABOUT), row -> row.getDouble(1))
                    .getFirst();
            double percent = reports <= SAMPLE ? 100 : 100.0 * SAMPLE / reports;
            WriteTransaction.update(connection, new Sql(LEARN, now, percent, today.minusDays(17), today.minusDays(3)));
            // Who has not been seen for so long reports no more, or never did.
            return WriteTransaction.update(connection, new Sql(FORGET, now.minusSeconds(90 * 86_400L)));
        });
    }

    /** The days of domains, of those from one to another, for which all usual reporters have reported or are overdue. */
    public Map<String, Set<LocalDate>> completeDays(
            Collection<String> domains, LocalDate from, LocalDate to, Instant now) {
        Map<String, Set<LocalDate>> complete = new HashMap<>();
        reading.list(
                // All days once more, so that only their months' partitions are looked at.
                new Sql(COMPLETE, domains, from, to, from, to, now, from.minusDays(DAYS_BEFORE), to),
                row -> complete.computeIfAbsent(row.getString("domain"), domain -> new HashSet<>())
                        .add(row.getObject("day", LocalDate.class)));
        return complete;
    }
}

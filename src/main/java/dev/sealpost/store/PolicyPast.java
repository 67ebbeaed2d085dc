package dev.sealpost.store;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/** What verified reports said of the policies of domains, week by week. */
@Singleton
public class PolicyPast {
    /** One index lookup a domain and week, however many reports a day has. */
    private static final String SQL = """
            SELECT d.domain, o.back, p.mode, p.mx_host
            FROM unnest(?::text[]) d(domain) CROSS JOIN unnest(ARRAY[0, 8, 15, 22, 29, 36, 50, 64, 78, 90]) o(back)
            CROSS JOIN LATERAL (
                SELECT q.mx_host, (SELECT substring(s FROM '^mode: *([a-z]+)') FROM unnest(q.policy_string) s
                    WHERE s ~ '^mode: *[a-z]' LIMIT 1) AS mode
                FROM policy q JOIN report r ON r.day = q.day AND r.id = q.report
                WHERE q.domain = d.domain AND q.day <= ?::date - o.back AND q.day > ?::date - o.back - 14
                  AND NOT q.aside AND q.policy_type = 'sts' AND r.counts AND r.provenance NOT IN (%s)
                ORDER BY q.domain DESC, q.day DESC LIMIT 1) p
            ORDER BY d.domain, o.back""".formatted(Unverified.LABELS);

    private final ReadTransaction reading;

    PolicyPast(ReadTransaction reading) {
        this.reading = reading;
    }

    /**
     * A policy of MTA-STS (RFC 8461) as a report showed it.
     *
     * @param back so many days before the day asked for, or some before that; 0 is the present one
     * @param mode lower case; null where the report shows none
     * @param mxHosts as the policy says, so there may be wildcards
     */
    public record Shown(String domain, int back, @Nullable String mode, List<String> mxHosts) {}

    /** What was shown of these domains, the newest first. */
    public List<Shown> of(Collection<String> domains, LocalDate today) {
        return reading.readAtLeisure(connection -> ReadTransaction.list(
                connection,
                new Sql(SQL, domains, today, today),
                row -> new Shown(
                        row.getString("domain"),
                        row.getInt("back"),
                        row.getString("mode"),
                        ReportList.texts(row, "mx_host"))));
    }
}

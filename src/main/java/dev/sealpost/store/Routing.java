package dev.sealpost.store;

import java.time.Instant;
import jakarta.inject.Singleton;

/** Says which channels are told of a notice. One process at a time, each notice once. */
@Singleton
public class Routing {
    /** A notice of so many domains has perhaps more than it names. */
    private static final int ALL_NAMED = 100;

    private static final String ROUTE = """
            WITH picked AS MATERIALIZED (
                SELECT * FROM notice WHERE routed_at IS NULL ORDER BY seq LIMIT ?),
            marked AS (UPDATE notice n SET routed_at = ? FROM picked p WHERE n.seq = p.seq),
            told AS (
                INSERT INTO told_alert AS t (alert, tenant, notice, since, state)
                SELECT DISTINCT ON (alert, coalesce(tenant, '')) alert, coalesce(tenant, ''), seq,
                    min(at) OVER (PARTITION BY alert, coalesce(tenant, '')), state
                FROM picked WHERE alert IS NOT NULL ORDER BY alert, coalesce(tenant, ''), seq DESC
                ON CONFLICT (alert, tenant) DO UPDATE SET notice = excluded.notice, state = excluded.state,
                    since = CASE WHEN t.state IN ('resolved', 'withdrawn') THEN excluded.since ELSE t.since END
                    WHERE t.notice < excluded.notice),
            given AS (
                INSERT INTO delivery (channel, notice)
                SELECT c.id, p.seq FROM picked p
                JOIN channel c ON c.enabled AND c.tenant IS NOT DISTINCT FROM p.tenant
                WHERE %s
                   -- Who was told that it began is told how it goes on, whatever its severity is by then.
                   OR EXISTS (SELECT FROM picked q WHERE q.alert = p.alert AND q.seq < p.seq
                              AND q.tenant IS NOT DISTINCT FROM p.tenant AND %s)
                   OR EXISTS (SELECT FROM notice o JOIN delivery d ON d.notice = o.seq AND d.channel = c.id
                              WHERE o.alert = p.alert)
                ON CONFLICT DO NOTHING RETURNING channel),
            awake AS (UPDATE channel SET look_at = NULL WHERE id IN (SELECT channel FROM given))
            SELECT count(*)::int FROM picked""".formatted(wants("p"), wants("q"));

    private final WriteTransaction transactions;

    Routing(WriteTransaction transactions) {
        this.transactions = transactions;
    }

    /** Whether channel c wants the notice of this alias, as SQL. */
    static String wants(String alias) {
        return """
                (coalesce(array_position(ARRAY['critical', 'high', 'medium', 'low'], %1$s.severity) - 1, 0) <= c.severity
                AND (cardinality(c.domains) = 0 OR cardinality(%1$s.domains) >= %2$d OR EXISTS (
                    SELECT FROM unnest(c.domains) AS w(domain), unnest(%1$s.domains) AS d(domain)
                    WHERE d.domain = w.domain
                       OR w.domain LIKE '*.%%' AND right(d.domain, length(w.domain) - 1) = substr(w.domain, 2))))""".formatted(alias, ALL_NAMED);
    }

    /** Routes at most so many notices, and says how many there were. */
    public int route(int limit, Instant now) {
        return transactions.write(connection -> {
            Locks.hold(connection, Locks.ROUTING);
            return ReadTransaction.list(connection, new Sql(ROUTE, limit, now), row -> row.getInt(1))
                    .getFirst();
        });
    }
}

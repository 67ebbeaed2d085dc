package dev.sealpost.store;

import java.util.List;
import jakarta.inject.Singleton;

/** The tenants that are named anywhere. */
@Singleton
public class TenantQuestion {
    private static final String TENANTS = """
            SELECT t.tenant, coalesce(sum(t.domains), 0)::bigint AS domains, coalesce(sum(t.keys), 0)::bigint AS keys
            FROM (SELECT tenant, count(*) AS domains, 0 AS keys FROM watched_domain WHERE NOT removed GROUP BY 1
                  UNION ALL SELECT tenant, 0, count(*) FROM access_key WHERE revoked_at IS NULL GROUP BY 1
                  UNION ALL SELECT ?, 0, 0) t
            WHERE t.tenant > ? AND t.tenant <> ? GROUP BY 1 ORDER BY 1 LIMIT ?""";

    private final ReadTransaction transaction;

    TenantQuestion(ReadTransaction transaction) {
        this.transaction = transaction;
    }

    /**
     * A tenant.
     *
     * @param domains registered for it; those of a setting are the default tenant's beside them
     * @param keys that were not revoked
     */
    public record Item(String tenant, long domains, long keys) {}

    /** The tenants after a name ("" is the start), in order, at most so many. */
    public List<Item> list(String after, int limit) {
        return transaction.list(
                new Sql(TENANTS, WatchedTable.DEFAULT_TENANT, after, StoredKey.ALL_TENANTS, limit),
                row -> new Item(row.getString("tenant"), row.getLong("domains"), row.getLong("keys")));
    }
}

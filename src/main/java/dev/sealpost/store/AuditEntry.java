package dev.sealpost.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One change by hand.
 *
 * @param at when
 * @param who the name of the caller
 * @param what was done, as the API calls it, such as createKey
 * @param subject what it was done to, such as domains/example.org
 * @param tenant whose it is, or of who did it; null if it belongs to none
 */
public record AuditEntry(
        Instant at,
        String who,
        String what,
        String subject,
        @Nullable String tenant) {
    /** The statement that keeps it; in the transaction that makes the change where that is at hand. */
    Sql insert() {
        return new Sql(
                "INSERT INTO audit (at, who, what, subject, tenant) VALUES (?, ?, ?, ?, nullif(?, ''))",
                at,
                who,
                what,
                subject,
                tenant == null ? "" : tenant);
    }
}

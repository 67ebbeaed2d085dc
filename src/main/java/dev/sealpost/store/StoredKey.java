package dev.sealpost.store;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept: never the key itself.
 *
 * @param hash SHA-256 of the key, hexadecimal
 * @param prefix the first characters of the key, to tell keys apart
 * @param tenant whose it is; {@link #ALL_TENANTS} for one that sees all
 * @param domains the only domains it is good for; empty is all
 * @param expires the first instant it is no longer good; null is never
 * @param revoked when it was revoked; null if it was not
 * @param used when it was last used, to the hour; null if it was not, or is one for reports alone
 */
public record StoredKey(
        UUID id,
        String hash,
        String prefix,
        String role,
        String tenant,
        Set<String> domains,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant revoked,
        @Nullable Instant used) {
    /** Stands for all tenants where a tenant is named. */
    public static final String ALL_TENANTS = "*";

    public StoredKey {
        domains = Set.copyOf(domains);
    }

    /** Whether it was good at a time. */
    public boolean goodAt(Instant time) {
        return (expires == null || time.isBefore(expires)) && (revoked == null || time.isBefore(revoked));
    }
}

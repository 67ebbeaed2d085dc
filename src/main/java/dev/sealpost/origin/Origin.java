package dev.sealpost.origin;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where a report came from. Fixed at the door and carried with the report: nothing behind the door decides by its own
 * clock or by the order of arrival.
 *
 * @param receipt the number the sender got; unique for each arrival, also of equal reports
 * @param received door time, cut to microseconds (what PostgreSQL keeps)
 * @param channel the kind of door
 * @param source the peer's address, the mailbox's name, or who uploaded
 * @param provenance what was verified
 * @param tenant the tenant of the key in the URL or of the mailbox, or a reference to a key that is judged behind the
 *     door; null if the door has none
 * @param claims what the mail around the report says of it; null if it came in none, or the mail says nothing
 */
public record Origin(
        UUID receipt,
        Instant received,
        Channel channel,
        String source,
        Provenance provenance,
        @Nullable String tenant,
        @Nullable MailClaims claims) {

    public Origin {
        if (claims != null && claims.isEmpty()) {
            claims = null;
        }
    }

    /** The origin of a report that no mail brought. */
    public Origin(
            UUID receipt,
            Instant received,
            Channel channel,
            String source,
            Provenance provenance,
            @Nullable String tenant) {
        this(receipt, received, channel, source, provenance, tenant, null);
    }

    /** This origin, attributed to a tenant or to none. */
    public Origin withTenant(@Nullable String other) {
        return new Origin(receipt, received, channel, source, provenance, other, claims);
    }
}

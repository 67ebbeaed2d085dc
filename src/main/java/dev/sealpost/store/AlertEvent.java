package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A step in the life of an alert.
 *
 * @param number of the step; the alert's revision then
 * @param kind opened, updated, resolved, withdrawn or acknowledged
 * @param who did it; null for the evaluation itself
 * @param detail plain words that name no domain, for whoever sees a part of the alert sees its steps
 */
public record AlertEvent(
        UUID alert,
        long number,
        Instant at,
        String kind,
        @Nullable String who,
        String detail) {
    static final Bulk<AlertEvent> BULK = new Bulk<AlertEvent>("alert_event")
            .column("alert", "uuid", AlertEvent::alert)
            .column("number", "bigint", AlertEvent::number)
            .column("at", "timestamptz", AlertEvent::at)
            .column("kind", "text", AlertEvent::kind)
            .column("who", "text", AlertEvent::who)
            .column("detail", "text", AlertEvent::detail);

    static final String PUT = BULK.insert() + " ON CONFLICT (alert, number) DO NOTHING";

    static AlertEvent of(ResultSet row) throws SQLException {
        return new AlertEvent(
                row.getObject("alert", UUID.class),
                row.getLong("number"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("kind"),
                row.getString("who"),
                row.getString("detail"));
    }
}

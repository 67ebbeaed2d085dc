package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Something that channels are to tell: a change of an alert as it was when it changed.
 *
 * @param id the same whenever the same change is made again; receivers drop what they had
 * @param kind opened, updated, resolved, withdrawn, acknowledged or digest
 * @param at when it changed
 * @param alert which alert; null where it is about none
 * @param tenant whose channels are told; null is those of the operator, who sees all tenants
 * @param domains what it is about, for the routing: at most 100 of them, the first ones in order
 * @param severity critical, high, medium or low
 * @param state open, acknowledged, resolved or withdrawn
 * @param subject one line in plain words
 * @param text plain words, several lines
 * @param json the alert as the read API shows it
 */
public record Notice(
        String id,
        String kind,
        Instant at,
        @Nullable UUID alert,
        @Nullable String tenant,
        List<String> domains,
        String severity,
        String state,
        String subject,
        String text,
        String json) {
    public Notice {
        domains = List.copyOf(domains);
    }

    /** Puts it into the outbox, in the transaction of the change; what is there already stays. */
    void put(Connection connection) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO notice (id, kind, at, alert, tenant, domains, severity, state, subject, body, json)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json) ON CONFLICT (id) DO NOTHING""")) {
            insert.setString(1, id);
            insert.setString(2, kind);
            insert.setObject(3, at.atOffset(ZoneOffset.UTC));
            insert.setObject(4, alert);
            insert.setString(5, tenant);
            insert.setArray(6, connection.createArrayOf("text", domains.toArray()));
            insert.setString(7, severity);
            insert.setString(8, state);
            insert.setString(9, subject);
            insert.setString(10, text);
            insert.setString(11, json);
            insert.executeUpdate();
        }
    }
}

package dev.sealpost.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A channel.
 *
 * @param tenant whose it is; null is the operator's
 * @param severity the least severe that it is told: 0 critical, 1 high, 2 medium, 3 low
 * @param domains the only ones it is told of, {@code *.suffix} for all below; empty is all
 * @param settings JSON that may be shown
 * @param secrets JSON that is never shown
 * @param digestAt when the next digest is due; null if it has none
 */
public record ChannelRow(
        UUID id,
        @Nullable String tenant,
        String name,
        String type,
        boolean enabled,
        int severity,
        List<String> domains,
        String settings,
        String secrets,
        Instant created,
        @Nullable Instant digestAt) {
    public ChannelRow {
        domains = List.copyOf(domains);
    }
}

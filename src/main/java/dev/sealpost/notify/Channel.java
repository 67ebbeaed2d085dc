package dev.sealpost.notify;

import java.util.UUID;

import dev.sealpost.store.ChannelRow;
import org.jspecify.annotations.Nullable;

/**
 * A channel, read.
 *
 * @param tenant whose it is; null is the operator's
 */
record Channel(UUID id, @Nullable String tenant, ChannelType type, Settings settings, Secrets secrets) {
    /** Reads what is kept. */
    static Channel of(ChannelRow row) {
        return new Channel(
                row.id(),
                row.tenant(),
                ChannelType.of(row.type()).orElseThrow(),
                Kept.read(row.settings(), Settings.class),
                Kept.read(row.secrets(), Secrets.class));
    }
}

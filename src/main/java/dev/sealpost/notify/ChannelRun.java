package dev.sealpost.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.store.ChannelLease;
import dev.sealpost.store.ChannelLeases;
import dev.sealpost.store.ChannelRow;
import dev.sealpost.store.MessageRow;
import dev.sealpost.store.Messages;

/** Does all that is to be done for a channel now, under its lease. */
@Singleton
class ChannelRun {
    /** Longer than any delivery takes; asked for again before each. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private final ChannelLeases leases;
    private final Messages messages;
    private final Packing packing;
    private final Sending sending;
    private final Clock clock;

    ChannelRun(ChannelLeases leases, Messages messages, Packing packing, Sending sending, Clock clock) {
        this.leases = leases;
        this.messages = messages;
        this.packing = packing;
        this.sending = sending;
        this.clock = clock;
    }

    /** Runs until there is nothing to do, or the other side is broken, or somebody else has the channel. */
    void run(UUID channel, UUID owner) {
        ChannelLease lease = new ChannelLease(channel, owner, LEASE);
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            Optional<ChannelRow> row = leases.take(lease);
            more = row.isPresent() && step(row.get(), lease);
        }
        leases.release(lease);
    }

    private boolean step(ChannelRow row, ChannelLease lease) {
        Instant now = clock.instant();
        Channel channel = Channel.of(row);
        Optional<MessageRow> due = messages.due(row.id(), now);
        // What nobody tried yet goes before what was refused, also when it is not made yet: a success ends the trouble.
        if (due.isEmpty() || due.get().attempts() > 0) {
            if (packing.pack(row, channel, lease, now)) {
                return true;
            }
        }
        return due.isPresent() ? sending.send(channel, lease, due.get()) : sending.push(channel, lease, now);
    }
}

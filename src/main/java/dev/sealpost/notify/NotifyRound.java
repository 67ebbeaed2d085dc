package dev.sealpost.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.http.UnexpectedErrors;
import dev.sealpost.store.ChannelLeases;
import dev.sealpost.store.Messages;
import dev.sealpost.store.Routing;
import dev.sealpost.store.StoreUnavailableException;
import org.jboss.logging.Logger;

/** What is done before channels are looked at: new notices find their channels, old ones go. */
@Singleton
class NotifyRound {
    private static final Logger LOG = Logger.getLogger(NotifyRound.class);
    private static final int BATCH = 1_000;
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration BETWEEN_UPKEEP = Duration.ofMinutes(10);

    private final Routing routing;
    private final ChannelLeases leases;
    private final Messages messages;
    private final UnexpectedErrors errors;
    private Instant upkeep = Instant.EPOCH;

    NotifyRound(Routing routing, ChannelLeases leases, Messages messages, UnexpectedErrors errors) {
        this.routing = routing;
        this.leases = leases;
        this.messages = messages;
        this.errors = errors;
    }

    /** Channels that have something to do, and that no other process has. For one thread. */
    List<UUID> busy(Instant now, UUID owner, int most) {
        int routed;
        do {
            routed = routing.route(BATCH, now);
        } while (routed == BATCH);
        if (Duration.between(upkeep, now).abs().compareTo(BETWEEN_UPKEEP) > 0) {
            upkeep = now;
            while (messages.expire(now.minus(KEPT), BATCH) == BATCH) {
                LOG.debug("more notices are old");
            }
        }
        return leases.busy(now, owner, most);
    }

    /** Does some work; what goes wrong is told and not passed on. */
    void guarded(Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException away) {
            LOG.debugf("channels wait for the database: %s", away.getMessage());
        } catch (RuntimeException surprise) {
            errors.note(surprise);
        }
    }
}

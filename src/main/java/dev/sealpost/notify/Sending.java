package dev.sealpost.notify;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import jakarta.inject.Singleton;

import dev.sealpost.store.ChannelLease;
import dev.sealpost.store.MessageRow;
import dev.sealpost.store.Messages;
import org.jboss.logging.Logger;

/** One attempt to tell a message, and the note of what came of it. */
@Singleton
class Sending {
    private static final Logger LOG = Logger.getLogger(Sending.class);

    private final Exits exits;
    private final Messages messages;
    private final NotifyMetrics metrics;
    private final Pushing pushing;
    private final Clock clock;
    private final Backoff backoff = new Backoff(new SecureRandom());

    Sending(Exits exits, Messages messages, NotifyMetrics metrics, Pushing pushing, Clock clock) {
        this.exits = exits;
        this.messages = messages;
        this.metrics = metrics;
        this.pushing = pushing;
        this.clock = clock;
    }

    /** Tells what is open, where that is wanted and it is time; there is never more to do then. */
    boolean push(Channel channel, ChannelLease lease, Instant now) {
        pushing.push(channel, lease, now);
        return false;
    }

    /** Tells; whether the next message of the channel may be tried at once. */
    boolean send(Channel channel, ChannelLease lease, MessageRow row) {
        Outcome outcome = exits.of(channel.type()).tell(channel, Message.of(row));
        Instant now = clock.instant();
        Messages.Attempt attempt = new Messages.Attempt(now, outcome.status(), outcome.words());
        if (outcome.isDelivered()) {
            metrics.delivered(channel.type());
            pushing.pushed(channel, lease, now);
            return messages.delivered(lease, row.id(), attempt);
        }
        int failed = row.attempts() + 1;
        // Whatever the answer says: if others were taken meanwhile, it is about this message.
        boolean isBroken = outcome.end() == Outcome.End.CHANNEL_BROKEN && !messages.tookAnother(row);
        // A channel that was broken as often was tried as often, be it with other messages.
        int broken = isBroken ? messages.failures(channel.id()) + 1 : 0;
        if (outcome.end() == Outcome.End.GONE || Backoff.isOver(row.created(), now, Math.max(failed, broken))) {
            metrics.gaveUp(channel.type());
            LOG.warnf("the channel %s did not take a message in %d tries: %s", channel.id(), failed, outcome.words());
            boolean held = messages.gaveUp(lease, row.id(), attempt);
            if (outcome.end() == Outcome.End.GONE) {
                messages.disable(lease, "switched off: the other side answered 410 (gone)");
                return false;
            }
            return held;
        }
        metrics.retried(channel.type());
        Duration later = outcome.later().orElse(Duration.ZERO);
        Instant next = backoff.next(now, failed, later);
        if (broken == 0) {
            return messages.again(lease, row.id(), attempt, next);
        }
        Instant until = backoff.next(now, broken, later);
        messages.pause(lease, row.id(), attempt, next.isBefore(until) ? until : next, until);
        return false;
    }
}

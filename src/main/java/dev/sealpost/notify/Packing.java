package dev.sealpost.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jakarta.inject.Singleton;

import dev.sealpost.store.ChannelLease;
import dev.sealpost.store.ChannelRow;
import dev.sealpost.store.MessageRow;
import dev.sealpost.store.Messages;
import dev.sealpost.store.NoticeRow;
import dev.sealpost.store.Outbox;

/**
 * Makes messages of the notices that wait for a channel: one of each while they are few, one of all when they are many, none
 * in quiet hours. So what a channel gets in an hour is bounded, whatever happens: {@link Settings#perHour} messages of
 * single notices and a summary each five minutes.
 */
@Singleton
class Packing {
    /** More at once are told in one message. */
    static final int BURST = 10;

    static final Duration BETWEEN_SUMMARIES = Duration.ofMinutes(5);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SHORTLY = Duration.ofSeconds(20);

    /** So many messages that were not tried yet are enough. */
    private static final int MOST_UNTRIED = 50;

    /** And so many in all: what is refused again and again is not to keep what comes after it. */
    private static final int MOST_WAITING = 1_000;

    private final Outbox outbox;
    private final Messages messages;
    private final Digests digests;

    Packing(Outbox outbox, Messages messages, Digests digests) {
        this.outbox = outbox;
        this.messages = messages;
        this.digests = digests;
    }

    /** Makes what is to be told now; whether there is more to do at once: sending it, or reading again what waits. */
    boolean pack(ChannelRow row, Channel channel, ChannelLease lease, Instant now) {
        Schedule schedule = channel.settings().digest();
        Instant digestAt = row.digestAt();
        if (schedule != null && digestAt != null && !digestAt.isAfter(now)) {
            return digests.make(row, channel, schedule, lease, now);
        }
        Optional<Instant> held = schedule == null
                ? Optional.ofNullable(channel.settings().quiet()).flatMap(quiet -> quiet.until(now))
                : Optional.ofNullable(digestAt);
        boolean told = channel.type().isTold() || channel.type().takesAll();
        if (told || held.isEmpty()) {
            return pack(channel, lease, now, false) == Made.MORE;
        }
        if (channel.settings().criticalPasses()) {
            Made critical = pack(channel, lease, now, true);
            if (critical != Made.NOTHING) {
                // Critical ones that have to wait do so for a moment, not until the morning.
                return critical == Made.MORE;
            }
        }
        outbox.hold(lease, held.get());
        return false;
    }

    /** What came of looking at what waits. */
    private enum Made {
        /** Nothing waits. */
        NOTHING,
        /** Something waits, and is looked at again soon. */
        LATER,
        /** There is more to do at once. */
        MORE;

        static Made of(Outbox.Packed packed) {
            return packed == Outbox.Packed.LOST ? LATER : MORE;
        }
    }

    private Made pack(Channel channel, ChannelLease lease, Instant now, boolean criticalOnly) {
        Outbox.Waiting waiting = outbox.waiting(channel.id(), criticalOnly);
        if (waiting.notices() == 0) {
            return Made.NOTHING;
        }
        Messages.Waiting made = messages.waiting(channel.id());
        if (made.untried() >= MOST_UNTRIED || made.all() >= MOST_WAITING) {
            outbox.hold(lease, now.plus(SHORTLY));
            return Made.LATER;
        }
        if (channel.type().takesAll() || isFew(channel, waiting.notices(), now)) {
            return each(channel, lease, now, criticalOnly);
        }
        if (!channel.type().isTold() && outbox.summaries(channel.id(), now.minus(BETWEEN_SUMMARIES)) > 0) {
            outbox.hold(lease, now.plus(SHORTLY));
            return Made.LATER;
        }
        List<NoticeRow> worst = outbox.first(channel.id(), criticalOnly, true, Summary.LISTED);
        MessageRow message = Summary.many(channel.id(), waiting, worst, now);
        return Made.of(outbox.pack(lease, message, 0, waiting.last(), criticalOnly));
    }

    /** Whether each may have a message of its own. */
    private boolean isFew(Channel channel, int notices, Instant now) {
        return !channel.type().isTold()
                && notices <= BURST
                && outbox.made(channel.id(), now.minus(HOUR)) + notices
                        <= channel.settings().perHour();
    }

    private Made each(Channel channel, ChannelLease lease, Instant now, boolean criticalOnly) {
        for (NoticeRow row : outbox.first(channel.id(), criticalOnly, false, BURST)) {
            MessageRow message = Summary.one(channel.id(), row.notice(), now);
            Outbox.Packed packed = outbox.pack(lease, message, row.seq(), row.seq(), criticalOnly);
            if (packed != Outbox.Packed.MADE) {
                return Made.of(packed);
            }
        }
        return Made.MORE;
    }
}

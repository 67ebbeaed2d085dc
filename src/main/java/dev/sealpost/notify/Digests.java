package dev.sealpost.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jakarta.inject.Singleton;

import dev.sealpost.store.ChannelLease;
import dev.sealpost.store.ChannelRow;
import dev.sealpost.store.MessageRow;
import dev.sealpost.store.NoticeRow;
import dev.sealpost.store.Outbox;
import dev.sealpost.store.StoreUnavailableException;
import org.jboss.logging.Logger;

/** Makes the message of a day or a week: what was held back, and the numbers. It comes also when nothing happened. */
@Singleton
class Digests {
    private static final Logger LOG = Logger.getLogger(Digests.class);

    private final Outbox outbox;
    private final DigestNumbers numbers;

    Digests(Outbox outbox, DigestNumbers numbers) {
        this.outbox = outbox;
        this.numbers = numbers;
    }

    /** Whether there is more to do at once: sending it, or making it again of what waits now. */
    boolean make(ChannelRow row, Channel channel, Schedule schedule, ChannelLease lease, Instant now) {
        Outbox.Waiting waiting = outbox.waiting(channel.id(), false);
        List<NoticeRow> worst = outbox.first(channel.id(), false, true, Summary.LISTED);
        String changes = waiting.notices() == 0
                ? "no changes of alerts"
                : waiting.notices() + (waiting.notices() == 1 ? " change" : " changes") + " of alerts ("
                        + Summary.counts(waiting) + ")";
        Optional<DigestFigures> figures = figures(row, channel, schedule, now);
        Map<String, Object> details = Summary.details(waiting, worst);
        figures.ifPresent(known -> details.put("numbers", known.json()));
        MessageRow message = new MessageRow(
                Summary.id(channel.id(), "digest/" + now),
                channel.id(),
                "digest",
                null,
                worst.isEmpty() ? "low" : worst.getFirst().notice().severity(),
                "TLS reports of the " + schedule.every() + ": " + changes,
                (figures.map(DigestFigures::text).orElse("The numbers could not be had in time.") + "\n\n"
                                + Summary.list(waiting.notices(), worst))
                        .strip(),
                Kept.write(details),
                waiting.notices(),
                now,
                0);
        return outbox.digest(lease, message, waiting.last(), schedule.next(now)) != Outbox.Packed.LOST;
    }

    /** A digest whose numbers take too long comes without them; if the database is away, it does not come now. */
    private Optional<DigestFigures> figures(ChannelRow row, Channel channel, Schedule schedule, Instant now) {
        try {
            return Optional.of(numbers.of(channel, row.domains(), schedule.days(), now));
        } catch (StoreUnavailableException late) {
            LOG.warnf("a digest of the channel %s comes without numbers: %s", channel.id(), late.getMessage());
            return Optional.empty();
        }
    }
}

package dev.sealpost.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.sealpost.store.ChannelLease;
import dev.sealpost.store.MessageRow;
import dev.sealpost.store.Outbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message takes from the outbox what it tells of, and nothing else. */
class OutboxTest {
    private static final Instant NEXT = Notices.AT.plus(Duration.ofDays(1));

    private final World world = new World();
    private final Outbox outbox = world.database.outbox();
    private final UUID channel = world.webhook("https://example.org/");
    private final ChannelLease lease = new ChannelLease(channel, UUID.randomUUID(), Duration.ofMinutes(1));

    /** Three wait; the first of them is not committed yet. */
    @BeforeEach
    void threeOfWhichOneComesLate() {
        world.put(Notices.opened("a", "critical"), Notices.opened("b", "high"), Notices.opened("c", "critical"));
        world.database.run("UPDATE notice SET routed_at = now() WHERE id = 'a/opened'");
        world.route();
        assertThat(world.database.channelLeases().take(lease)).isPresent();
    }

    private void theLateOneComes() {
        world.database.run("UPDATE notice SET routed_at = NULL WHERE id = 'a/opened'");
        world.route();
    }

    private MessageRow message(Outbox.Waiting waiting, boolean criticalOnly) {
        return Summary.many(channel, waiting, outbox.first(channel, criticalOnly, true, 100), Notices.AT);
    }

    private List<String> waiting() {
        return world.database.rows(
                "SELECT n.id FROM delivery d JOIN notice n ON n.seq = d.notice WHERE NOT d.done ORDER BY n.seq");
    }

    @Test
    void oneThatComesLateIsNotTakenForTold() {
        Outbox.Waiting before = outbox.waiting(channel, false);
        MessageRow message = message(before, false);
        theLateOneComes();
        assertThat(outbox.pack(lease, message, 0, before.last(), false)).isEqualTo(Outbox.Packed.CHANGED);
        assertThat(world.deliveries(channel)).isEmpty();
        assertThat(waiting()).containsExactly("a/opened", "b/opened", "c/opened");
        Outbox.Waiting critical = outbox.waiting(channel, true);
        assertThat(outbox.pack(lease, message(critical, true), 0, critical.last(), true))
                .isEqualTo(Outbox.Packed.MADE);
        assertThat(waiting()).containsExactly("b/opened");
        assertThat(world.deliveries(channel).getFirst().notices()).isEqualTo(2);
    }

    @Test
    void aDigestAndTheTimeOfTheNextAreKeptTogetherOrNotAtAll() {
        Outbox.Waiting before = outbox.waiting(channel, false);
        MessageRow message = message(before, false);
        theLateOneComes();
        assertThat(outbox.digest(lease, message, before.last(), NEXT)).isEqualTo(Outbox.Packed.CHANGED);
        assertThat(world.database.rows("SELECT 1 FROM channel WHERE digest_at IS NOT NULL"))
                .isEmpty();
        Outbox.Waiting now = outbox.waiting(channel, false);
        assertThat(outbox.digest(lease, message(now, false), now.last(), NEXT)).isEqualTo(Outbox.Packed.MADE);
        assertThat(world.database.rows("SELECT 1 FROM channel WHERE digest_at IS NOT NULL"))
                .hasSize(1);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void whoLostTheLeaseChangesNothing() {
        Outbox.Waiting waiting = outbox.waiting(channel, false);
        world.database.run("UPDATE channel SET lease_until = clock_timestamp() - interval '1 s'");
        assertThat(outbox.digest(lease, message(waiting, false), waiting.last(), NEXT))
                .isEqualTo(Outbox.Packed.LOST);
        assertThat(waiting()).hasSize(2);
        assertThat(world.deliveries(channel)).isEmpty();
    }
}

package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sealpost.store.Mailboxes.Checkpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailboxesTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Mailboxes mailboxes = TestDatabase.get().mailboxes();
    private final MailboxLease mine = lease("imap://a@b:0/INBOX", LONG);
    private final MailboxLease other = lease("imap://a@b:0/INBOX", LONG);

    @BeforeEach
    void empty() {
        TestDatabase.get().clear();
    }

    private static MailboxLease lease(String place, Duration length) {
        return new MailboxLease("m", place, UUID.randomUUID(), length);
    }

    @Test
    void oneOfManyHasTheLease() throws InterruptedException {
        AtomicInteger held = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                if (mailboxes.take(lease("p", LONG)).isPresent()) {
                    held.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(held).hasValue(1);
    }

    @Test
    void aLeaseIsKeptGivenBackAndRunsOut() throws InterruptedException {
        assertThat(mailboxes.take(mine)).contains(Checkpoint.NONE);
        assertThat(mailboxes.take(mine)).isPresent();
        assertThat(mailboxes.take(other)).isEmpty();
        mailboxes.release(other);
        assertThat(mailboxes.take(other)).isEmpty();
        mailboxes.release(mine);
        MailboxLease shortly = lease(other.place(), Duration.ofMillis(200));
        assertThat(mailboxes.take(shortly)).isPresent();
        TimeUnit.MILLISECONDS.sleep(250);
        assertThat(mailboxes.take(mine)).isPresent();
    }

    @Test
    void whoLostTheLeaseWritesNothing() throws InterruptedException {
        MailboxLease slept = lease(mine.place(), Duration.ofMillis(50));
        mailboxes.take(slept);
        assertThat(mailboxes.save(slept, new Checkpoint(7, "1:5"))).isTrue();
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(mailboxes.save(slept, new Checkpoint(7, "1:9"))).isFalse();
        assertThat(mailboxes.finish(slept, Set.of("x"))).isFalse();
        mailboxes.say(slept, new MailboxRow("m", null, null, 9, 9, "late"));
        assertThat(mailboxes.take(mine)).contains(new Checkpoint(7, "1:5"));
        assertThat(mailboxes.done("m")).isEmpty();
        assertThat(mailboxes.all().getFirst().lastError()).isEmpty();
    }

    @Test
    void anotherPlaceOrValidityForgetsWhatWasDone() {
        mailboxes.take(mine);
        mailboxes.save(mine, new Checkpoint(7, "1:5"));
        assertThat(mailboxes.failed(mine, "6")).isEqualTo(1);
        assertThat(mailboxes.failed(mine, "6")).isEqualTo(2);
        assertThat(mailboxes.save(mine, new Checkpoint(8, "1"))).isTrue();
        assertThat(mailboxes.failed(mine, "6")).as("another mail").isEqualTo(1);
        MailboxLease moved = new MailboxLease("m", "elsewhere", mine.owner(), LONG);
        assertThat(mailboxes.take(moved)).contains(Checkpoint.NONE);
        assertThat(mailboxes.failed(moved, "6")).isEqualTo(1);
    }

    @Test
    void mailsWithoutAnOrderAreRememberedOneByOne() {
        mailboxes.take(mine);
        mailboxes.failed(mine, "a");
        assertThat(mailboxes.finish(mine, Set.of("a", "b"))).isTrue();
        assertThat(mailboxes.finish(mine, Set.of())).isTrue();
        assertThat(mailboxes.done("m")).containsExactlyInAnyOrder("a", "b");
        mailboxes.forget(mine, Set.of("a"));
        assertThat(mailboxes.done("m")).containsExactly("b");
    }

    @Test
    void everybodySeesHowItGoes() {
        Instant poll = Instant.parse("2026-11-24T10:00:00Z");
        mailboxes.take(mine);
        mailboxes.say(mine, new MailboxRow("m", poll, poll, 3, 1.5, ""));
        mailboxes.say(mine, new MailboxRow("m", null, null, 4, 2.5, "wrong"));
        assertThat(mailboxes.all()).containsExactly(new MailboxRow("m", poll, poll, 4, 2.5, "wrong"));
    }
}

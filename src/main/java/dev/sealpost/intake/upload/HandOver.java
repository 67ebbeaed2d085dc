package dev.sealpost.intake.upload;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.sealpost.intake.Intake;
import dev.sealpost.intake.Verdict;
import dev.sealpost.origin.Channel;
import dev.sealpost.origin.MailClaims;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * Hands documents to the door, several at once since each waits for the broker, and bounded in number and bytes. What
 * nothing durable can take waits here, with its receipt, until something can: an import can wait where a sender cannot.
 */
final class HandOver implements Findings {
    private static final int AT_ONCE = 256;

    /** In KiB; two of the largest documents. */
    private static final int ROOM = 64 << 10;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Intake intake;
    private final Clock clock;
    private final Tally tally;
    private final String source;
    private final @Nullable String tenant;
    private final Provenance provenance;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Semaphore room = new Semaphore(ROOM, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    HandOver(Intake intake, Clock clock, Tally tally, String source, @Nullable String tenant) {
        this.intake = intake;
        this.clock = clock;
        this.tally = tally;
        this.source = source;
        this.tenant = tenant;
        // Of other tenants' domains a tenant's word is worth no more than anybody's.
        this.provenance = tenant == null ? Provenance.UPLOAD : Provenance.UNVERIFIED;
    }

    @Override
    public void document(byte[] bytes, @Nullable MailClaims claims, String name) throws InterruptedException {
        throwFailure();
        int kilobytes = Math.min(ROOM, (bytes.length >> 10) + 1);
        places.acquire();
        room.acquire(kilobytes);
        tally.read();
        Origin origin = new Origin(
                UUID.randomUUID(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Channel.UPLOAD,
                source,
                provenance,
                tenant,
                claims);
        Thread.ofVirtual().name("import").start(() -> {
            try {
                hand(bytes, origin, name);
            } catch (InterruptedException | RuntimeException | StackOverflowError e) {
                failure.compareAndSet(null, e);
            } finally {
                room.release(kilobytes);
                places.release();
            }
        });
    }

    private void hand(byte[] bytes, Origin origin, String name) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        Verdict verdict = intake.accept(bytes, origin);
        while (verdict instanceof Verdict.Unavailable) {
            waiting.incrementAndGet();
            try {
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                throwFailure();
                verdict = intake.accept(bytes, origin);
            } finally {
                waiting.decrementAndGet();
            }
        }
        if (verdict instanceof Verdict.Refused refused) {
            tally.quarantined(refused.reason(), name);
        } else {
            tally.accepted();
        }
    }

    @Override
    public void withoutReport() {
        tally.withoutReport();
    }

    @Override
    public void skipped(Skip why, String name) {
        tally.skipped(why, name);
    }

    /** Whether documents wait for broker and spool. */
    boolean isWaiting() {
        return waiting.get() > 0;
    }

    /** Returns when all that was taken is answered. */
    void finish() throws InterruptedException {
        places.acquire(AT_ONCE);
        places.release(AT_ONCE);
        throwFailure();
    }

    /** Ends what waits; nothing more is taken. */
    void stop() {
        failure.compareAndSet(null, new IllegalStateException("stopped"));
    }

    private void throwFailure() {
        Throwable first = failure.get();
        if (first != null) {
            throw new IllegalStateException("the hand-over failed: " + first, first);
        }
    }
}

package dev.sealpost.intake.mailbox;

import java.time.Duration;
import java.util.function.LongSupplier;

import dev.sealpost.intake.mailbox.ImapSession.Outcome;
import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** Waits for mail with IDLE (RFC 2177), renewed often enough to find a dead connection; else just waits. */
final class ImapWait {
    private static final long RENEWED_NANOS = Duration.ofMinutes(4).toNanos();
    /** A thread that is interrupted is noticed within this. */
    private static final Duration SLICE = Duration.ofMillis(500);
    /** Between two early returns, for a server that always has news. */
    private static final long CALM_NANOS = Duration.ofSeconds(1).toNanos();

    private final ImapSession session;
    private final ImapState state;
    private final boolean idle;
    private final LongSupplier nanos = System::nanoTime;
    private long calmUntil = nanos.getAsLong();

    ImapWait(ImapSession session, ImapState state, boolean idle) {
        this.session = session;
        this.state = state;
        this.idle = idle;
    }

    void run(Duration atMost) throws MailTroubleException, InterruptedException {
        long end = nanos.getAsLong() + atMost.toNanos();
        if (!idle || !session.hasCapability("IDLE")) {
            Thread.sleep(atMost);
            return;
        }
        while (!state.hasNews() && end - nanos.getAsLong() > 0) {
            idle(Math.min(end, nanos.getAsLong() + RENEWED_NANOS));
        }
        if (state.hasNews()) {
            long calm = Math.min(calmUntil, end) - nanos.getAsLong();
            if (calm > 0) {
                Thread.sleep(Duration.ofNanos(calm));
            }
            calmUntil = nanos.getAsLong() + CALM_NANOS;
        }
    }

    private void idle(long end) throws MailTroubleException, InterruptedException {
        session.begin(Allowance.LIST);
        String tag = session.start("IDLE", null);
        IMAPResponse answer = session.next();
        while (!answer.isContinuation()) {
            if (answer.isTagged() || answer.isBYE()) {
                session.end();
                throw new MailTroubleException(
                        Kind.PROTOCOL, session.where() + " offers IDLE but refuses it: set idle to false");
            }
            state.take(answer);
            answer = session.next();
        }
        listen(end);
        session.send("DONE");
        Outcome outcome = session.finish(tag, state);
        if (!outcome.ok()) {
            throw new MailTroubleException(Kind.PROTOCOL, session.where() + " ended IDLE with an error");
        }
    }

    private void listen(long end) throws MailTroubleException, InterruptedException {
        while (!state.hasNews()) {
            long left = end - nanos.getAsLong();
            if (left <= 0) {
                break;
            }
            session.guard().hold();
            boolean ready = session.ready(left < SLICE.toNanos() ? Duration.ofNanos(left) : SLICE);
            if (Thread.interrupted()) {
                session.end();
                throw new InterruptedException();
            }
            session.guard().resume();
            if (ready) {
                IMAPResponse answer = session.next();
                if (answer.isBYE()) {
                    session.end();
                    throw new MailTroubleException(Kind.CONNECTION, session.where() + " ended the connection");
                }
                state.take(answer);
            }
        }
    }
}

package dev.sealpost.intake.mailbox;

import java.time.Clock;
import java.time.Instant;

import dev.sealpost.store.MailboxRow;
import org.jspecify.annotations.Nullable;

/** How a mailbox is doing, as far as this process knows. Thread safe. */
final class MailboxState {
    private static final long NANOS = 1_000_000_000;

    private final String name;
    private final Clock clock;
    private @Nullable Instant lastPoll;
    private @Nullable Instant lastSuccess;
    private long begun;
    private long read;
    private long backlog;
    private double rate;
    private String error = "";

    MailboxState(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    /** The server was asked, and so many mails are to be read. */
    synchronized void begin(long waiting) {
        lastPoll = clock.instant();
        begun = System.nanoTime();
        read = 0;
        backlog = waiting;
    }

    /** So many more were read. */
    synchronized void read(int mails) {
        read += mails;
        backlog -= mails;
        rate = (double) read * NANOS / Math.max(1, System.nanoTime() - begun);
    }

    /** Everything that was there is handed over. */
    synchronized void success() {
        lastSuccess = clock.instant();
        error = "";
    }

    /** Something is wrong; one line that is fit to be shown. */
    synchronized void trouble(String what) {
        error = what;
    }

    synchronized MailboxRow row() {
        return new MailboxRow(name, lastPoll, lastSuccess, backlog, rate, error);
    }
}

package dev.sealpost.stream;

import java.util.function.LongSupplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the broker is trusted to acknowledge now. Open from the start, since nobody has heard of the broker yet; an
 * acknowledgement closes it, a failure opens it, and so does silence: sends that wait while nothing is acknowledged at
 * all. So the first failure costs few senders their time. Thread safe.
 */
public final class Breaker {
    private static final Logger LOG = Logger.getLogger(Breaker.class);

    /** A broker that works acknowledges something within a few milliseconds. */
    private static final long STALL_NANOS = 500_000_000;

    private static final int MAX_REASON_CHARS = 200;

    private final LongSupplier nanos;
    private boolean closed;
    private long waiting;
    private long progress;
    private @Nullable String reason = "the broker has not been reached yet";

    /** @param nanos a clock that only ever goes on, such as {@link System#nanoTime} */
    Breaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether to send what comes; what is told while it is open goes to the spool at once. */
    public synchronized boolean isClosed() {
        return closed && !isStalled();
    }

    private boolean isStalled() {
        return waiting > 0 && nanos.getAsLong() - progress > STALL_NANOS;
    }

    /** Why it is open, one line for people; null while it is closed. */
    public synchronized @Nullable String reason() {
        if (closed) {
            return isStalled() ? "Kafka acknowledges nothing" : null;
        }
        return reason;
    }

    synchronized void sent() {
        if (waiting++ == 0) {
            progress = nanos.getAsLong();
        }
    }

    synchronized void acknowledged() {
        waiting--;
        close();
    }

    /** @param broker whether the failure tells of the broker, rather than of this one record */
    synchronized void failed(Throwable failure, boolean broker) {
        waiting--;
        if (broker) {
            String said = failure.getClass().getSimpleName() + ": " + failure.getMessage();
            String printable = said.replaceAll("[^ -~]", "?");
            reason = printable.substring(0, Math.min(printable.length(), MAX_REASON_CHARS));
            if (closed) {
                closed = false;
                LOG.warnf("Kafka does not take reports: %s", reason);
            }
        } else {
            progress = nanos.getAsLong();
        }
    }

    /** The broker answers. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            LOG.info("Kafka takes reports");
        }
        reason = null;
        progress = nanos.getAsLong();
    }
}

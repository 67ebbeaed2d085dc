package dev.sealpost.intake.mailbox;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Bounds of one connection, below every library: bytes, lines, announced literals and time of the operation that runs. What
 * comes honestly gets more time, at 16 KiB a second; a trickle does not. One thread reads; {@link #tick} is for the timer.
 */
final class Guard {
    private static final long NANOS_PER_BYTE = 1_000_000_000L / (16 * 1024);
    private static final int MAX_LINE = 1024 * 1024;

    private final Socket socket;
    private final LongSupplier nanos;
    private final Duration timeout;
    private final LiteralScan scan = new LiteralScan(MAX_LINE);

    private volatile boolean running;
    private volatile long endsAt;
    private volatile @Nullable String trouble;
    private long end;
    private long heldAt;
    private long bytesLeft;

    /**
     * For a connection.
     *
     * @param timeout for one answer; an operation has twice as long
     */
    Guard(Socket socket, Duration timeout, LongSupplier nanos) {
        this.socket = socket;
        this.timeout = timeout;
        this.nanos = nanos;
    }

    /** An operation begins. */
    void begin(Allowance allowance) {
        bytesLeft = allowance.bytes();
        scan.allow(allowance.lines(), allowance.literal());
        end = nanos.getAsLong() + 2 * timeout.toNanos();
        endsAt = end;
        running = true;
    }

    /** The operation is over, or waits for something that is not the server's fault. */
    void hold() {
        heldAt = nanos.getAsLong();
        running = false;
    }

    /** The operation goes on after it was held. */
    void resume() {
        extend(nanos.getAsLong() - heldAt);
        running = true;
    }

    private void extend(long byNanos) {
        end += byNanos;
        endsAt = end;
    }

    /** What went over its bounds, for people; null if nothing did. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** Ends a connection whose time is over, whatever its thread hangs in. */
    void tick() {
        if (running && nanos.getAsLong() - endsAt > 0) {
            trouble = late();
            running = false;
            close();
        }
    }

    /** Before something is read. */
    void check() throws GuardException {
        String known = trouble;
        if (known != null) {
            throw new GuardException(known);
        }
        if (running && nanos.getAsLong() - endsAt > 0) {
            throw fail(late());
        }
    }

    /** Something was read. */
    void account(byte[] bytes, int from, int count) throws GuardException {
        bytesLeft -= count;
        if (bytesLeft < 0) {
            throw fail("sends more than was asked for");
        }
        extend(count * NANOS_PER_BYTE);
        String wrong = scan.take(bytes, from, count);
        if (wrong != null) {
            throw fail(wrong);
        }
        check();
    }

    /** The server said nothing for the time of one answer. */
    GuardException silent() {
        return fail(late());
    }

    private String late() {
        return "does not answer in time (" + timeout.toSeconds() + " s)";
    }

    private GuardException fail(String message) {
        trouble = message;
        return new GuardException(message);
    }

    /** Ends the connection at once. */
    void close() {
        running = false;
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }
}

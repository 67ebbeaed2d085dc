package dev.sealpost.intake;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Bounds the unpacked bytes in memory at once, and of dear bodies the processors: half of them stay for small ones, which
 * nearly all reports are, so that no bomb makes these wait. Thread safe, first come first served.
 */
final class InFlight {
    /** Unpacked bytes up to which a body is small; the largest reports seen are twice that, most a hundredth. */
    static final int SMALL = 256 << 10;

    private final Semaphore bytes;
    private final Semaphore dear =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
    private final int capacity;
    private final int largest;

    /**
     * @param capacity bytes in all
     * @param largest bytes of one report at the most
     */
    InFlight(long capacity, long largest) {
        this.largest = Math.toIntExact(largest);
        this.capacity = (int) Math.clamp(capacity, largest, Integer.MAX_VALUE);
        this.bytes = new Semaphore(this.capacity, true);
    }

    /** Room for one body, first as much as it may need, then as much as it does. */
    final class Room implements AutoCloseable {
        private int held;
        private boolean isDear;

        private Room(int held, boolean isDear) {
            this.held = held;
            this.isDear = isDear;
        }

        /** Keeps so many bytes of it; the body is read. */
        void shrinkTo(int needed) {
            if (isDear) {
                isDear = false;
                dear.release();
            }
            if (needed < held) {
                bytes.release(held - needed);
                held = needed;
            }
        }

        @Override
        public void close() {
            shrinkTo(0);
        }
    }

    /**
     * Room for a body to be read as a small one, or null when there was none in time. Plain JSON takes what it is; what a
     * container holds is known when it is open.
     */
    @Nullable
    Room small(byte[] body, Duration patience) throws InterruptedException {
        int needed = isContainer(body) ? SMALL : Math.clamp(body.length, 1, SMALL);
        return room(Math.min(needed, largest), false, patience);
    }

    /** Room and a processor for a body of any size, or null when there was none in time. */
    @Nullable
    Room large(Duration patience) throws InterruptedException {
        if (!dear.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        Room room = null;
        try {
            room = room(largest, true, patience);
            return room;
        } finally {
            if (room == null) {
                dear.release();
            }
        }
    }

    private @Nullable Room room(int needed, boolean isDear, Duration patience) throws InterruptedException {
        return bytes.tryAcquire(needed, patience.toNanos(), TimeUnit.NANOSECONDS) ? new Room(needed, isDear) : null;
    }

    /** Whether the bytes begin as gzip or zip do. */
    private static boolean isContainer(byte[] body) {
        return body.length > 1 && ((body[0] == 0x1f && body[1] == (byte) 0x8b) || (body[0] == 'P' && body[1] == 'K'));
    }

    /** Bytes not in use. */
    int free() {
        return bytes.availablePermits();
    }
}

package dev.sealpost.intake;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** Bounds the unpacked bytes in memory at once. Thread safe, first come first served. */
final class InFlight {
    private final Semaphore bytes;
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

    /** Room for one report, first as much as it may need, then as much as it does. */
    final class Room implements AutoCloseable {
        private int held;

        private Room(int held) {
            this.held = held;
        }

        void shrinkTo(int needed) {
            if (needed < held) {
                bytes.release(held - needed);
                held = needed;
            }
        }

        @Override
        public void close() {
            bytes.release(held);
            held = 0;
        }
    }

    /**
     * Room for a body, or null when there was none in time. Plain JSON takes what it is. What a container holds is known
     * when it is open (two layers of DEFLATE make a million bytes of one), so it takes the most that is allowed, for the
     * moment of reading.
     */
    @Nullable
    Room enter(byte[] body, Duration patience) throws InterruptedException {
        int needed = Math.clamp(body.length, 1, largest);
        if (isContainer(body)) {
            needed = largest;
        }
        return bytes.tryAcquire(needed, patience.toNanos(), TimeUnit.NANOSECONDS) ? new Room(needed) : null;
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

package dev.sealpost.intake.mailbox;

import java.util.concurrent.Semaphore;
import jakarta.inject.Singleton;

/**
 * Bounds what the mails of all mailboxes hold of the memory: their bytes, and how many of them hold something large, since
 * a report as objects is ten times its text, which is thirty times what is sent. Thread safe, first come first served.
 */
@Singleton
final class MailRoom {
    /** In KiB. */
    private static final int MOST = 32 << 10;

    private final int capacity = Math.clamp(Runtime.getRuntime().maxMemory() / 8 / 1024, 4 << 10, MOST);
    private final Semaphore kilobytes = new Semaphore(capacity, true);
    private final Semaphore large = new Semaphore(1, true);

    /** Held until it is closed, once. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Room for the bytes of a mail; one that is larger than all there is has it alone. Blocks until there is some. */
    Place of(int bytes) throws InterruptedException {
        int needed = Math.min(capacity, (bytes >> 10) + 1);
        kilobytes.acquire(needed);
        return () -> kilobytes.release(needed);
    }

    /** The turn to read something large. Blocks until nobody else does. */
    Place large() throws InterruptedException {
        large.acquire();
        return large::release;
    }
}

package dev.sealpost.standalone;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a postmaster: politely, then at once, then by force. */
final class Shutdown {
    private static final Duration FAST = Duration.ofMillis(3_500);
    private static final Duration IMMEDIATE = Duration.ofSeconds(1);

    private Shutdown() {}

    /** Returns when the process is gone; false when even force did not end it. */
    static boolean of(ProcessHandle postmaster) throws IOException {
        Signals.INT.send(postmaster.pid());
        if (ended(postmaster, FAST)) {
            return true;
        }
        Signals.QUIT.send(postmaster.pid());
        if (ended(postmaster, IMMEDIATE)) {
            return true;
        }
        postmaster.destroyForcibly();
        return ended(postmaster, IMMEDIATE);
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}

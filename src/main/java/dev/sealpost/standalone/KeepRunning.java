package dev.sealpost.standalone;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** Keeps one part up: what ends by itself is started again, with growing pauses, until it is closed. */
final class KeepRunning implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KeepRunning.class.getName());
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final Part part;
    private final Starter starter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private @Nullable AutoCloseable running;
    private boolean restarting;
    private boolean closed;

    /** Starts a part. */
    interface Starter {
        /**
         * @param again whether it ran before, so that its clients know its port
         * @param ended to be told, at most once, why the part ended without being closed
         */
        AutoCloseable start(boolean again, Consumer<String> ended) throws IOException;
    }

    private KeepRunning(Part part, Starter starter) {
        this.part = part;
        this.starter = starter;
    }

    /** Starts the part; a failure of this first start is the caller's. */
    static KeepRunning start(Part part, Starter starter) throws IOException {
        KeepRunning kept = new KeepRunning(part, starter);
        kept.running = starter.start(false, kept::ended);
        return kept;
    }

    /** Whether the part is up as far as it told. */
    boolean isUp() {
        lock.lock();
        try {
            return !restarting && !closed;
        } finally {
            lock.unlock();
        }
    }

    private void ended(String reason) {
        lock.lock();
        try {
            if (!closed && !restarting) {
                restarting = true;
                LOG.log(ERROR, "The embedded {0} has ended ({1}); starting it again", part, reason);
                Thread.ofPlatform().daemon().name("restart-" + part).start(this::restart);
            }
        } finally {
            lock.unlock();
        }
    }

    private void restart() {
        endRunning();
        long pause = 1_000;
        while (waitToTryAgain(pause)) {
            try {
                AutoCloseable started = starter.start(true, this::ended);
                if (accept(started)) {
                    LOG.log(WARNING, "The embedded {0} is up again", part);
                } else {
                    started.close();
                }
                return;
            } catch (Exception | LinkageError | StackOverflowError e) {
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                LOG.log(WARNING, "The embedded {0} did not start, next try in {1} s: {2}", part, pause / 1_000, e);
            }
        }
    }

    /** False when the part is to stay down. */
    private boolean waitToTryAgain(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean accept(AutoCloseable started) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            running = started;
            restarting = false;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void endRunning() {
        @Nullable AutoCloseable ending;
        lock.lock();
        try {
            ending = running;
            running = null;
        } finally {
            lock.unlock();
        }
        if (ending == null) {
            return;
        }
        try {
            ending.close();
        } catch (Exception e) {
            LOG.log(WARNING, "The embedded {0} did not end in order: {1}", part, e);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        endRunning();
    }
}

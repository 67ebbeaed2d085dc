package dev.sealpost.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does many things, several at once, in no order. */
final class AtOnce {
    private static final int THREADS = 6;

    private final List<Runnable> things = new ArrayList<>();

    void add(Runnable thing) {
        things.add(thing);
    }

    /** Does all of them; fails as the first of them that fails, and does no more then. */
    void run() {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> done = new ArrayList<>();
            things.forEach(thing -> done.add(threads.submit(thing)));
            for (Future<?> each : done) {
                each.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } finally {
            threads.shutdownNow();
        }
    }
}

package dev.sealpost.stream;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import org.jboss.logging.Logger;

/** Completes batches, one after the other: order within a partition is kept, and a cell has one writer a process. */
final class Worker implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final int PAUSE_SECONDS = 5;
    private static final int CLOSE_MILLIS = 2_000;

    private final LinkedBlockingQueue<Batch> queue = new LinkedBlockingQueue<>();
    private final Counter unexpected;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("aggregator").unstarted(this::run);

    Worker(Counter unexpected) {
        this.unexpected = unexpected;
        thread.start();
    }

    void add(Batch batch) {
        queue.add(batch);
    }

    private void run() {
        try {
            while (true) {
                Batch batch = queue.take();
                while (!completed(batch)) {
                    TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** An exception that came through here would end the consumer for good, while the door goes on; an error ends all. */
    private boolean completed(Batch batch) throws InterruptedException {
        try {
            batch.complete();
            return true;
        } catch (RuntimeException | LinkageError surprise) {
            unexpected.increment();
            LOG.error("a batch could not be handled, trying again", surprise);
            return false;
        }
    }

    /** A batch may wait for the database longer than a stop may take. Its offsets have not moved, so it comes again. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}

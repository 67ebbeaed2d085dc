package dev.sealpost.acceptance;

import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Senders that post each report until it is answered 200: a lost answer makes them send it again. */
final class PatientSenders implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore allowed = new Semaphore(0);
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private final Iterator<byte[]> reports;
    private final Supplier<SealpostProcess> intake;

    /** Begins when some are {@link #allow allowed}. */
    PatientSenders(int count, Iterator<byte[]> reports, Supplier<SealpostProcess> intake) {
        this.reports = reports;
        this.intake = intake;
        for (int i = 0; i < count; i++) {
            threads.execute(this::send);
        }
    }

    /** Lets so many more reports go. */
    void allow(int more) {
        allowed.release(more);
    }

    /** Reports that were answered 200. */
    int taken() {
        return taken.get();
    }

    /** Posts that were made once more. */
    int again() {
        return again.get();
    }

    private void send() {
        try {
            while (true) {
                allowed.acquire();
                byte[] report = next();
                if (report == null) {
                    return;
                }
                while (!isTaken(report)) {
                    again.incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                taken.incrementAndGet();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private byte @Nullable [] next() {
        synchronized (reports) {
            return reports.hasNext() ? reports.next() : null;
        }
    }

    private boolean isTaken(byte[] report) {
        try {
            return intake.get().post(report).statusCode() == 200;
        } catch (UncheckedIOException killed) {
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

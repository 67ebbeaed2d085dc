package dev.sealpost.intake.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One thread that writes: all that came while the disk was busy becomes durable together. */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GroupCommit.class);
    private static final int MAX_RECORDS = 1_000;
    private static final int MAX_BYTES = 8 << 20;
    private static final long PROBE_MILLIS = 500;

    private final Segments segments;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable String failure;

    private record Pending(byte[] payload, CompletableFuture<Void> durable) {}

    /** Wakes the thread to its end; an interrupt would close the file under it. */
    private final Pending end = new Pending(new byte[0], new CompletableFuture<>());

    GroupCommit(Segments segments) {
        this.segments = segments;
        this.thread = Thread.ofPlatform().daemon().name("spool-writer").start(this::run);
    }

    /** Hands a record over. What waits here is bounded by the callers, who wait for it. */
    CompletableFuture<Void> append(byte[] payload) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        if (closed || failure != null) {
            durable.completeExceptionally(new IOException(closed ? "the spool is closed" : failure));
            return durable;
        }
        waitingBytes.addAndGet(payload.length);
        queue.add(new Pending(payload, durable));
        return durable;
    }

    /** Why the disk takes nothing now; null while it does. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Bytes on their way to the disk. */
    long waitingBytes() {
        return waitingBytes.get();
    }

    private void run() {
        try {
            while (!closed || !queue.isEmpty()) {
                Pending first = queue.poll(PROBE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    commit(batch(first));
                } else if (failure != null) {
                    probe();
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        fail(batch(null), new IOException("the spool is closed"));
    }

    private List<Pending> batch(@Nullable Pending first) {
        List<Pending> batch = new ArrayList<>();
        long bytes = 0;
        for (Pending next = first == null ? queue.poll() : first; next != null; next = queue.poll()) {
            if (!next.equals(end)) {
                batch.add(next);
                bytes += next.payload.length;
            }
            if (first != null && (batch.size() == MAX_RECORDS || bytes >= MAX_BYTES)) {
                break;
            }
        }
        waitingBytes.addAndGet(-bytes);
        return batch;
    }

    private void commit(List<Pending> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            segments.append(batch.stream().map(Pending::payload).toList());
            failure = null;
            batch.forEach(pending -> pending.durable.complete(null));
        } catch (IOException | RuntimeException refused) {
            failed(refused);
            fail(batch, refused);
        }
    }

    private static void fail(List<Pending> batch, Exception why) {
        batch.forEach(pending -> pending.durable.completeExceptionally(why));
    }

    private void probe() {
        try {
            segments.probe();
            failure = null;
            LOG.info("the spool's disk takes records again");
        } catch (IOException | RuntimeException still) {
            failed(still);
        }
    }

    private void failed(Exception why) {
        if (failure == null) {
            LOG.errorf("the spool's disk fails, nothing is spooled until it works again: %s", why.toString());
        }
        failure = why.toString();
    }

    /** Ends when what was handed over before is durable, or has failed. */
    @Override
    public void close() {
        closed = true;
        queue.add(end);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}

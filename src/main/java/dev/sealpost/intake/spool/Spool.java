package dev.sealpost.intake.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.stream.Letter;
import io.quarkus.runtime.Startup;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The disk queue for what the broker does not take now: append-only segments, emptied by {@link Drain}. What it has
 * taken survives kill -9 and power cuts. Thread safe.
 */
@Singleton
@Startup // a directory that cannot be used stops the start, not the first outage
public class Spool {
    private static final long FREE_CHECK_NANOS = 500_000_000;
    private static final int ORDINARY_BYTES = 4 << 10;

    private final long maxSize;
    private final long minFree;
    private final @Nullable Disk disk;
    private volatile long free;
    private volatile long freeChecked;
    private volatile long drained;
    private volatile @Nullable Instant oldest;

    @Inject
    Spool(SpoolConfig config, @ConfigProperty(name = "sealpost.data-dir", defaultValue = "data") Path data) {
        this(
                config.enabled() ? config.directory().orElseGet(() -> data.resolve("spool")) : null,
                config.maxSize().asLongValue(),
                config.minFree().asLongValue());
    }

    /** @param path null for none */
    Spool(@Nullable Path path, long maxSize, long minFree) {
        this.maxSize = maxSize;
        this.minFree = minFree;
        this.disk = path == null ? null : Disk.open(path);
        this.drained = disk == null ? 0 : disk.segments.first();
        this.freeChecked = System.nanoTime() - 2 * FREE_CHECK_NANOS;
    }

    /** What is open while there is a spool. */
    record Disk(SpoolDirectory directory, Segments segments, GroupCommit writer) {
        static Disk open(Path path) {
            try {
                SpoolDirectory directory = SpoolDirectory.open(path);
                Segments segments = new Segments(directory);
                return new Disk(directory, segments, new GroupCommit(segments));
            } catch (IOException e) {
                throw new UncheckedIOException("sealpost.intake.spool.directory: cannot use " + path + ": " + e, e);
            }
        }
    }

    /** Whether there is one. */
    public boolean isEnabled() {
        return disk != null;
    }

    Optional<Disk> disk() {
        return Optional.ofNullable(disk);
    }

    /**
     * Takes a letter.
     *
     * @return done when the letter is durable; failed if it is not, with why
     */
    public CompletableFuture<Void> append(Letter letter, Importance importance) {
        byte[] payload = LetterBytes.of(letter);
        String refusal = refusal(importance, payload.length);
        return refusal != null || disk == null
                ? CompletableFuture.failedFuture(new IOException(refusal))
                : disk.writer.append(payload);
    }

    /** Why a report of a watched domain, of ordinary size, would not be taken now; null if it would. */
    public @Nullable String refusal() {
        return refusal(Importance.WATCHED, ORDINARY_BYTES);
    }

    private @Nullable String refusal(Importance importance, int bytes) {
        if (disk == null) {
            return "there is no spool";
        }
        String failure = disk.writer.failure();
        if (failure != null) {
            return "the spool's disk fails: " + failure;
        }
        if (disk.segments.bytes() + disk.writer.waitingBytes() + bytes > importance.share(maxSize)) {
            return "the spool is full";
        }
        return free(disk.directory) < minFree + bytes ? "the spool's disk is full" : null;
    }

    private long free(SpoolDirectory directory) {
        long now = System.nanoTime();
        if (now - freeChecked > FREE_CHECK_NANOS) {
            freeChecked = now;
            try {
                free = directory.free();
            } catch (IOException unknown) {
                free = 0;
            }
        }
        return free;
    }

    /** Letters that wait, those being drained included; a restart counts what it drains again. */
    public long reports() {
        return disk == null ? 0 : Math.max(0, disk.segments.next() - drained);
    }

    /** Bytes on disk. */
    public long bytes() {
        return disk == null ? 0 : disk.segments.bytes();
    }

    /** Bytes that it takes at the most. */
    public long maxBytes() {
        return maxSize;
    }

    /** Door time of the letter that has waited longest; null if none waits. */
    public @Nullable Instant oldest() {
        return oldest;
    }

    /** All letters below this number have reached the topics, and the next was received then. */
    void drainedTo(long sequence, @Nullable Instant next) {
        drained = sequence;
        oldest = next;
    }

    @PreDestroy
    void close() throws IOException {
        if (disk != null) {
            disk.writer.close();
            disk.segments.close();
            disk.directory.close();
        }
    }
}

package dev.sealpost.intake.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The segments on disk, oldest first, the last of which may be the one that is written. After a start nothing is ever
 * appended to an old one: its end may be torn. Thread safe.
 */
final class Segments {
    /** Deleted as a whole when all of it is drained; also what a restart may send a second time. */
    private static final long FULL_BYTES = 16 << 20;

    private final SpoolDirectory directory;
    private final SecureRandom random = new SecureRandom();
    private final Deque<SegmentFile> files = new ArrayDeque<>();
    private @Nullable SegmentWriter active;
    private long closedBytes;

    // Read without the lock, which is held while the disk is busy.
    private volatile long bytes;
    private volatile long next;

    Segments(SpoolDirectory directory) throws IOException {
        this.directory = directory;
        for (SegmentFile file : directory.segments()) {
            files.add(file);
            closedBytes += Files.size(file.path());
        }
        this.bytes = closedBytes;
        this.next = files.isEmpty() ? 0 : end(files.getLast());
    }

    /** Only the newest is read, so that a start takes as long with one segment as with thousands. */
    private static long end(SegmentFile newest) throws IOException {
        long size = Files.size(newest.path());
        long end = newest.first() + 1;
        try (SegmentReader reader = new SegmentReader(newest, () -> size)) {
            for (SegmentReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry instanceof SegmentReader.Intact record) {
                    end = record.sequence() + 1;
                }
            }
        }
        return end;
    }

    /** Appends records; they are durable when this returns. A failure ends the segment, and the next try has another. */
    synchronized void append(List<byte[]> payloads) throws IOException {
        SegmentWriter writer = writer();
        try {
            writer.append(payloads);
            next = writer.next();
            bytes = closedBytes + writer.written();
        } catch (IOException | RuntimeException failure) {
            abandon(writer);
            throw failure;
        }
    }

    private SegmentWriter writer() throws IOException {
        if (active != null && active.written() >= FULL_BYTES) {
            finish(active);
        }
        if (active == null) {
            SegmentFile file = SegmentFile.named(directory.path(), next, random.nextLong());
            active = new SegmentWriter(directory, file);
            files.add(file);
        }
        return active;
    }

    private void finish(SegmentWriter writer) {
        closedBytes += writer.written();
        bytes = closedBytes;
        active = null;
        writer.close();
    }

    private void abandon(SegmentWriter writer) {
        finish(writer);
        // Nothing of the failed records may stay behind as a torn end; if this fails too, it is set aside later.
        writer.cutToDurable();
        if (writer.written() == 0) {
            remove(writer.file(), 0);
        }
    }

    /** Tries whether the disk takes records again. */
    synchronized void probe() throws IOException {
        SegmentWriter writer = writer();
        try {
            writer.probe();
        } catch (IOException failure) {
            abandon(writer);
            throw failure;
        }
    }

    /** The oldest segment; null if there is none. */
    synchronized @Nullable SegmentFile oldest() {
        return files.peekFirst();
    }

    /** How many bytes of a segment are durable. */
    synchronized long durable(SegmentFile file) {
        if (active != null && active.file().equals(file)) {
            return active.written();
        }
        try {
            return Files.size(file.path());
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Removes a segment if no more of it is durable than was read; nothing is appended to it from then on. */
    synchronized boolean removeIfRead(SegmentFile file, long read) {
        if (durable(file) > read) {
            return false;
        }
        if (active != null && active.file().equals(file)) {
            finish(active);
        }
        remove(file, read);
        return true;
    }

    private void remove(SegmentFile file, long size) {
        files.remove(file);
        closedBytes = files.isEmpty() ? 0 : Math.max(0, closedBytes - size);
        bytes = closedBytes + (active == null ? 0 : active.written());
        try {
            Files.deleteIfExists(file.path());
        } catch (IOException stays) {
            // It is drained again at the next start, and counts once.
        }
    }

    /** Leaves a segment that cannot be read where it is; the next start tries it again. */
    synchronized void skip(SegmentFile file) {
        files.remove(file);
    }

    /** Bytes on disk. */
    long bytes() {
        return bytes;
    }

    /** The number of the oldest record, or of the next one if there is none. */
    synchronized long first() {
        return files.isEmpty() ? next : files.getFirst().first();
    }

    /** The number that the next record gets. */
    long next() {
        return next;
    }

    synchronized void close() {
        if (active != null) {
            finish(active);
        }
    }
}

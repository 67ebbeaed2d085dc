package dev.sealpost.intake.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Reads a segment from its start, one record in memory at a time. What is damaged is handed out as the bytes that it is,
 * and reading goes on with the next record that is whole.
 */
final class SegmentReader implements AutoCloseable {
    /** Small, since the JDK would take native memory of the size of a read. */
    private static final int CHUNK_BYTES = 256 << 10;

    private static final int MAX_DAMAGED_BYTES = 1 << 20;

    private final SegmentFile file;
    private final FileChannel channel;
    private final LongSupplier end;
    private long position;
    private long damagedUntil;

    /** What stands in a segment. */
    sealed interface Entry {}

    /** A record as it was written. */
    record Intact(long sequence, byte[] payload) implements Entry {}

    /** Bytes that are no record; a longer stretch comes in several pieces. */
    record Damaged(byte[] bytes) implements Entry {}

    /** @param end how many bytes of the file are durable; may grow */
    SegmentReader(SegmentFile file, LongSupplier end) throws IOException {
        this.file = file;
        this.end = end;
        this.channel = FileChannel.open(file.path(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    SegmentFile file() {
        return file;
    }

    /** How many bytes were read. */
    long position() {
        return position;
    }

    /** The next entry, or null at the end of what is durable. */
    @Nullable
    Entry next() throws IOException {
        long limit = end.getAsLong();
        if (position >= limit) {
            return null;
        }
        if (position >= damagedUntil) {
            Intact record = recordAt(position, limit);
            if (record != null) {
                position += Frame.HEADER_BYTES + record.payload.length;
                return record;
            }
            damagedUntil = nextRecord(position + 1, limit);
        }
        byte[] piece = bytes(position, (int) Math.min(MAX_DAMAGED_BYTES, damagedUntil - position));
        position += piece.length;
        return new Damaged(piece);
    }

    private @Nullable Intact recordAt(long start, long limit) throws IOException {
        if (limit - start < Frame.HEADER_BYTES) {
            return null;
        }
        Frame.Header header = Frame.read(ByteBuffer.wrap(bytes(start, Frame.HEADER_BYTES)), file.marker());
        if (header == null || header.length() > limit - start - Frame.HEADER_BYTES) {
            return null;
        }
        byte[] payload = bytes(start + Frame.HEADER_BYTES, header.length());
        return Frame.checksum(ByteBuffer.wrap(payload)) == header.checksum()
                ? new Intact(header.sequence(), payload)
                : null;
    }

    /** Where the next whole record begins; the limit if there is none. */
    private long nextRecord(long from, long limit) throws IOException {
        for (long start = from; limit - start >= Frame.HEADER_BYTES; start += CHUNK_BYTES - Long.BYTES + 1) {
            ByteBuffer window = ByteBuffer.wrap(bytes(start, (int) Math.min(CHUNK_BYTES, limit - start)));
            for (int i = 0; i + Long.BYTES <= window.limit(); i++) {
                if (window.getLong(i) == file.marker() && recordAt(start + i, limit) != null) {
                    return start + i;
                }
            }
        }
        return limit;
    }

    private byte[] bytes(long start, int length) throws IOException {
        byte[] bytes = new byte[length];
        int filled = 0;
        while (filled < length) {
            ByteBuffer part = ByteBuffer.wrap(bytes, filled, Math.min(CHUNK_BYTES, length - filled));
            int count = channel.read(part, start + filled);
            if (count < 0) {
                throw new IOException(file.path().getFileName() + " is shorter than it was");
            }
            filled += count;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package dev.sealpost.report;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/** What unpacking needs and what is dear to make: an inflater with its native memory, and a buffer for its output. */
final class Workspace {
    private static final int INITIAL_BYTES = 64 << 10;

    /** A larger buffer is not kept for the next input: a few bombs must not pin the pool's memory. */
    private static final int MAX_KEPT_BYTES = 1 << 20;

    final Inflater inflater = new Inflater(true);
    final CRC32 crc = new CRC32();
    byte[] buffer = new byte[INITIAL_BYTES];

    /** Enlarges the full buffer, to at most one byte more than the budget, which is enough to notice the excess. */
    void grow(int budget) {
        long length = Math.min(4L * buffer.length, budget + 1L);
        buffer = Arrays.copyOf(buffer, (int) Math.max(length, buffer.length + 1L));
    }

    void clear() {
        inflater.reset();
        if (buffer.length > MAX_KEPT_BYTES) {
            buffer = new byte[INITIAL_BYTES];
        }
    }

    void end() {
        inflater.end();
    }
}

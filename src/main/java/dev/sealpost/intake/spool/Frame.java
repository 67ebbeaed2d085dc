package dev.sealpost.intake.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * How a record stands in a segment: marker, version, length, sequence, the checksum of these, the checksum of the
 * payload, the payload. The marker is random for each segment and part of its name, so that nobody outside can write
 * bytes into a report that would be taken for a record when the one around it is damaged.
 */
final class Frame {
    static final int HEADER_BYTES = 8 + 1 + 4 + 8 + 4 + 4;

    /** Above the largest report and its origin. */
    static final int MAX_PAYLOAD_BYTES = 1 << 28;

    private static final byte VERSION = 1;
    private static final int CHECKED_BYTES = 8 + 1 + 4 + 8;

    private Frame() {}

    /**
     * What a header says.
     *
     * @param length bytes of the payload
     * @param sequence the record's number, counted over all segments
     * @param checksum of the payload
     */
    record Header(int length, long sequence, int checksum) {}

    static void write(ByteBuffer to, long marker, long sequence, byte[] payload) {
        int start = to.position();
        to.putLong(marker).put(VERSION).putInt(payload.length).putLong(sequence);
        to.putInt(checksum(to.slice(start, CHECKED_BYTES)));
        to.putInt(checksum(ByteBuffer.wrap(payload)));
    }

    /** The header at the buffer's position, which moves behind it; null if it is none, or of another version. */
    static @Nullable Header read(ByteBuffer from, long marker) {
        int start = from.position();
        long found = from.getLong();
        byte version = from.get();
        int length = from.getInt();
        long sequence = from.getLong();
        int headerChecksum = from.getInt();
        int checksum = from.getInt();
        boolean whole = found == marker
                && version == VERSION
                && length >= 0
                && length <= MAX_PAYLOAD_BYTES
                && headerChecksum == checksum(from.slice(start, CHECKED_BYTES));
        return whole ? new Header(length, sequence, checksum) : null;
    }

    static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}

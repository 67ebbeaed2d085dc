package dev.sealpost.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The decoded content of one part after the other, in one buffer: most parts are looked at and forgotten. */
final class PartContent {
    /** More is no report: it is what the reader of reports takes unpacked, of base64 a third less. */
    static final int MAX_BYTES = 32 << 20;

    private static final int FIRST_BYTES = 8 << 10;

    private byte[] buffer = new byte[FIRST_BYTES];
    private int length;

    /** Reads all of a part; returns false if it is too large, and the rest of it is then not read. */
    boolean read(InputStream in, boolean base64) throws IOException {
        length = 0;
        for (int count = 0; count >= 0; count = in.read(buffer, length, buffer.length - length)) {
            length += count;
            if (length > MAX_BYTES) {
                return false;
            }
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(2 * length, MAX_BYTES + 1));
            }
        }
        if (base64) {
            length = LenientBase64.decode(buffer, 0, length);
        }
        return true;
    }

    /** The buffer: only its first {@link #length} bytes are content, until the next part. */
    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    byte[] copy() {
        return Arrays.copyOf(buffer, length);
    }
}

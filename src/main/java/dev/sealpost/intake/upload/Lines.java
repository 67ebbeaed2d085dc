package dev.sealpost.intake.upload;

import java.io.IOException;
import java.io.InputStream;

/** Reads lines, ends included, however long: a line that does not fit the buffer comes in pieces. */
final class Lines {
    private static final int BUFFER = 64 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int offset;
    private int length;
    private int end;
    private boolean start = true;
    private boolean ended = true;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Goes on to the next line or piece; false at the end. */
    boolean next() throws IOException {
        offset += length;
        start = ended;
        length = 0;
        int searched = offset;
        while (true) {
            for (int i = searched; i < end; i++) {
                if (buffer[i] == '\n') {
                    return piece(i + 1, true);
                }
            }
            searched = end;
            if (end == BUFFER) {
                if (offset == 0) {
                    return piece(end, false);
                }
                System.arraycopy(buffer, offset, buffer, 0, end - offset);
                searched -= offset;
                end -= offset;
                offset = 0;
            }
            int count = in.read(buffer, end, BUFFER - end);
            if (count < 0) {
                return end > offset && piece(end, true);
            }
            end += count;
        }
    }

    private boolean piece(int to, boolean last) {
        length = to - offset;
        ended = last;
        return true;
    }

    /** Reads over further pieces of the same line. */
    void skipToEnd() throws IOException {
        while (!ended && next()) {
            // Nothing of them is kept.
        }
    }

    /** Whether this is the beginning of a line. */
    boolean atStart() {
        return start;
    }

    byte[] bytes() {
        return buffer;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    boolean beginsWith(byte[] text, int from) {
        if (length < from + text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (buffer[offset + from + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    boolean isBlank() {
        return length <= 2 && ended && (length < 2 || buffer[offset] == '\r') && buffer[offset + length - 1] == '\n';
    }

    /** Whether two digits, a colon and two digits stand in the first part of the line. */
    boolean holdsTime() {
        for (int i = offset + 2; i < offset + Math.min(length, 1_000) - 2; i++) {
            if (buffer[i] == ':'
                    && isDigit(buffer[i - 2])
                    && isDigit(buffer[i - 1])
                    && isDigit(buffer[i + 1])
                    && isDigit(buffer[i + 2])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}

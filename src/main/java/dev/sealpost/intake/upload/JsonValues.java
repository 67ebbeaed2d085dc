package dev.sealpost.intake.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Splits text into the JSON objects at its top: one object, an array of objects, or one a line (JSON Lines, RFC 7464). It
 * looks at braces and quotes only, so that the door's tolerant reader decides what each object is; an object that breaks
 * off is ended where the next one begins a line.
 */
final class JsonValues {
    private static final int BUFFER = 64 << 10;

    /** What stands between objects and is none of them is kept up to this. */
    private static final int MAX_JUNK = 64 << 10;

    private static final int NONE = -1;

    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private int held = NONE;

    /**
     * @param in UTF-8, with or without byte order mark
     * @param limit bytes of one object at the most
     */
    JsonValues(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /**
     * One value.
     *
     * @param bytes as they stand in the text; null if they are too many
     * @param object whether it begins as an object; else it is what stands where one should be
     */
    record Value(byte @Nullable [] bytes, boolean object) {}

    /** The next value, or null at the end. */
    @Nullable
    Value next() throws IOException {
        while (true) {
            int b = read();
            if (b < 0) {
                return null;
            }
            if (b == '{') {
                return object();
            }
            if (!separates(b)) {
                return junk(b);
            }
        }
    }

    /** Blanks, commas, the brackets of a list, a byte order mark, a record separator. */
    private static boolean separates(int b) {
        return isBlank(b)
                || b == ','
                || b == '['
                || b == ']'
                || b == 0xef
                || b == 0xbb
                || b == 0xbf
                || b == 0x1e
                || b == 0;
    }

    private static boolean isBlank(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private Value object() throws IOException {
        Text text = new Text();
        text.add('{');
        int depth = 1;
        boolean quoted = false;
        boolean escaped = false;
        int before = '{';
        int last = '{';
        while (depth > 0) {
            int b = read();
            if (b < 0) {
                break;
            }
            if (quoted) {
                // A line cannot end inside of a text: this one broke off.
                quoted = b != '\n' && (escaped || b != '"');
                escaped = b == '\\' && !escaped;
                before = '"';
            } else if (b == '{' && last == '\n' && before != ',' && before != ':' && before != '[') {
                held = b;
                break;
            } else if (!isBlank(b)) {
                quoted = b == '"';
                depth += b == '{' ? 1 : b == '}' ? -1 : 0;
                before = b;
            }
            last = b;
            text.add(b);
        }
        return new Value(text.bytes(), true);
    }

    private Value junk(int first) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int b = first;
        while (b >= 0 && b != '\n' && b != '{') {
            if (text.size() < MAX_JUNK) {
                text.write(b);
            }
            b = read();
        }
        held = b == '{' ? b : NONE;
        return new Value(text.toByteArray(), false);
    }

    private int read() throws IOException {
        if (held != NONE) {
            int b = held;
            held = NONE;
            return b;
        }
        if (at == end) {
            end = Math.max(0, in.read(buffer, 0, BUFFER));
            at = 0;
            if (end == 0) {
                return NONE;
            }
        }
        return buffer[at++] & 0xff;
    }

    /** Grows up to the limit, and then only remembers that it went over. */
    private final class Text {
        private byte[] bytes = new byte[1_024];
        private int length;
        private boolean over;

        void add(int b) {
            if (length == limit) {
                over = true;
                bytes = new byte[0];
            }
            if (over) {
                return;
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(limit, 2 * length));
            }
            bytes[length++] = (byte) b;
        }

        byte @Nullable [] bytes() {
            return over ? null : Arrays.copyOf(bytes, length);
        }
    }
}

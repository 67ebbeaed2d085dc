package dev.sealpost.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** UTF-16 written anew as UTF-8, piece by piece: a string of all of it would cost several times its size. */
final class Utf16 extends OutputStream {
    private static final int BOM_BYTES = 2;

    private final int maxBytes;
    private final byte[] bytes;
    private int length;

    private Utf16(int maxBytes, int utf16Bytes) {
        this.maxBytes = maxBytes;
        // A unit of two bytes becomes at most three.
        this.bytes = new byte[(int) Math.min(maxBytes, 3L * utf16Bytes / 2 + 3)];
    }

    /** The text without a byte order mark as UTF-8; refused when that is over the limit. */
    static Utf16 narrow(byte[] bytes, int start, int end, Charset wide, int maxBytes) throws Refused {
        boolean mark = (bytes[start] & bytes[start + 1] & 0xff) == 0xfe;
        int from = mark ? start + BOM_BYTES : start;
        Utf16 narrow = new Utf16(maxBytes, end - from);
        try (InputStreamReader text = new InputStreamReader(new ByteArrayInputStream(bytes, from, end - from), wide)) {
            Writer writer = new OutputStreamWriter(narrow, StandardCharsets.UTF_8);
            text.transferTo(writer);
            writer.flush();
            return narrow;
        } catch (Refused e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail to be read or written", e);
        }
    }

    /** The UTF-8 bytes, and some unused ones. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    public void write(int b) throws Refused {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] more, int offset, int count) throws Refused {
        if (count > bytes.length - length) {
            throw new Refused(Reason.TOO_LARGE, "more than " + maxBytes + " bytes as UTF-8");
        }
        System.arraycopy(more, offset, bytes, length, count);
        length += count;
    }
}

package dev.sealpost.mime;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Parts that nobody would look at: the header names no boundary or another one, the first boundary is missing, or a blank
 * line stands before the header.
 *
 * @param text the content, from its first line that is not blank
 * @param boundary the boundary that it begins with, or null if it begins with a header field
 */
@SuppressWarnings("ArrayRecordComponent")
record LostMultipart(byte[] text, @Nullable String boundary) {
    /** RFC 2046, section 5.1.1. */
    private static final int MAX_BOUNDARY = 70;

    private static final int MAX_FIELD_NAME = 40;

    /** Content that begins as parts do, or null. */
    static @Nullable LostMultipart in(PartContent content) {
        byte[] bytes = content.buffer();
        int from = 0;
        while (from < content.length() && bytes[from] <= ' ' && bytes[from] >= 0) {
            from++;
        }
        int end = from;
        while (end < content.length() && end - from < MAX_BOUNDARY + 2 && bytes[end] > ' ' && bytes[end] != ':') {
            end++;
        }
        boolean boundary = end - from > 2 && bytes[from] == '-' && bytes[from + 1] == '-';
        boolean field = end < content.length() && bytes[end] == ':' && end > from && end - from <= MAX_FIELD_NAME;
        if (!boundary && !field) {
            return null;
        }
        byte[] text = Arrays.copyOfRange(bytes, from, content.length());
        return new LostMultipart(
                text, boundary ? new String(text, 2, end - from - 2, StandardCharsets.US_ASCII) : null);
    }

    /** A mail of these parts. */
    InputStream mail() {
        InputStream parts = new ByteArrayInputStream(text);
        if (boundary == null) {
            return parts;
        }
        String header = "Content-Type: multipart/mixed; boundary=\""
                + boundary.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\r\n\r\n";
        return new SequenceInputStream(new ByteArrayInputStream(header.getBytes(StandardCharsets.US_ASCII)), parts);
    }
}

package dev.sealpost.store;

import java.nio.charset.StandardCharsets;

/** Texts that become part of an index entry, which PostgreSQL limits to about 2,700 bytes in all. */
final class Keys {
    private static final int MAX_BYTES = 255;

    private Keys() {}

    /** The text, cut after a whole character so that it has at most 255 bytes of UTF-8. */
    static String fit(String text) {
        if (text.length() <= MAX_BYTES / 4 || text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return text;
        }
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > MAX_BYTES) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }
}

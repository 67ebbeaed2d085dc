package dev.sealpost.mime;

import java.util.Arrays;

/**
 * Base64 as mails really carry it: characters outside the alphabet are passed over, padding may be missing or stand in
 * the middle, both alphabets are known. A strict decoder would lose the report.
 */
final class LenientBase64 {
    private static final byte[] SEXTETS = sextets();

    private LenientBase64() {}

    /** Decodes a part of the array into the array's beginning, and returns the number of bytes there. */
    static int decode(byte[] bytes, int from, int to) {
        int at = from;
        int length = 0;
        int bits = 0;
        int held = 0;
        while (at < to) {
            if (held == 0 && at + 4 <= to) {
                // The usual case, four at a time.
                int group = (SEXTETS[bytes[at] & 0xff] << 18)
                        | (SEXTETS[bytes[at + 1] & 0xff] << 12)
                        | (SEXTETS[bytes[at + 2] & 0xff] << 6)
                        | SEXTETS[bytes[at + 3] & 0xff];
                if (group >= 0) {
                    bytes[length] = (byte) (group >> 16);
                    bytes[length + 1] = (byte) (group >> 8);
                    bytes[length + 2] = (byte) group;
                    length += 3;
                    at += 4;
                    continue;
                }
            }
            byte b = bytes[at++];
            int sextet = SEXTETS[b & 0xff];
            if (sextet >= 0) {
                bits = (bits << 6) | sextet;
                held += 6;
                if (held >= 8) {
                    held -= 8;
                    bytes[length++] = (byte) (bits >> held);
                }
            } else if (b == '=') {
                // Padding ends a group; what it left over is not data.
                held = 0;
            }
        }
        return length;
    }

    private static byte[] sextets() {
        byte[] table = new byte[256];
        Arrays.fill(table, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            table[alphabet.charAt(i)] = (byte) i;
        }
        table['-'] = 62;
        table['_'] = 63;
        return table;
    }
}

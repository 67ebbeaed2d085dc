package dev.sealpost.mime;

import java.util.Arrays;

/**
 * Base64 as mails really carry it: characters outside the alphabet are passed over, padding may be missing or stand in
 * the middle, both alphabets are known. A strict decoder would lose the report.
 */
final class LenientBase64 {
    private static final byte[] SEXTETS = sextets();

    private LenientBase64() {}

    static byte[] decode(byte[] text) {
        byte[] out = new byte[text.length / 4 * 3 + 3];
        int length = 0;
        int bits = 0;
        int held = 0;
        for (byte b : text) {
            if (b == '=') {
                // Padding ends a group; what it left over is not data.
                held = 0;
                continue;
            }
            int sextet = b < 0 ? -1 : SEXTETS[b];
            if (sextet < 0) {
                continue;
            }
            bits = (bits << 6) | sextet;
            held += 6;
            if (held >= 8) {
                held -= 8;
                out[length++] = (byte) (bits >> held);
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static byte[] sextets() {
        byte[] table = new byte[128];
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

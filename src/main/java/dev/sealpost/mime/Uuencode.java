package dev.sealpost.mime;

/** The encoding of files in mails before there was MIME; some gateways still make it. */
final class Uuencode {
    private Uuencode() {}

    /** Decodes the lines between {@code begin} and {@code end} in place; returns the number of bytes at the beginning. */
    static int decode(byte[] bytes, int from, int to) {
        int length = 0;
        int at = lineAfter(bytes, from, to);
        while (at < to) {
            int next = lineAfter(bytes, at, to);
            int wanted = value(bytes[at]);
            if (wanted == 0) {
                return length;
            }
            int end = Math.min(length + wanted, Math.min(next, to));
            for (int group = at + 1; length < end; group += 4) {
                int bits = bits(bytes, group, next);
                for (int shift = 16; shift >= 0 && length < end; shift -= 8) {
                    bytes[length++] = (byte) (bits >> shift);
                }
            }
            at = next;
        }
        return length;
    }

    /** Spaces at the end of a line get lost on the way. */
    private static int bits(byte[] bytes, int group, int lineEnd) {
        int bits = 0;
        for (int i = group; i < group + 4; i++) {
            bits = (bits << 6) | (i < lineEnd ? value(bytes[i]) : 0);
        }
        return bits;
    }

    private static int value(byte b) {
        return b < ' ' ? 0 : (b - ' ') & 63;
    }

    private static int lineAfter(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, to);
    }
}

package dev.sealpost.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Reports whose wrapping no header declares: base64 of gzip or zip, a file in uuencode, JSON below some words. Gateways,
 * lists and people who paste make such mails.
 */
enum Disguise {
    JSON("{"),
    GZIP("H4sI"),
    ZIP("UEsD"),
    UUENCODE("begin ");

    private final String first;

    Disguise(String first) {
        this.first = first;
    }

    /** What is behind the first line that begins like one of these, or null. */
    static byte @Nullable [] lift(byte[] bytes, int length) {
        boolean lineStarts = true;
        for (int at = 0; at < length; at++) {
            byte b = bytes[at];
            if (lineStarts) {
                Disguise disguise = of(b);
                if (disguise != null && disguise.begins(bytes, at, length)) {
                    return disguise.open(Arrays.copyOfRange(bytes, at, length));
                }
            }
            lineStarts = b == '\n';
        }
        return null;
    }

    private static @Nullable Disguise of(byte first) {
        return switch (first) {
            case '{' -> JSON;
            case 'H' -> GZIP;
            case 'U' -> ZIP;
            case 'b' -> UUENCODE;
            default -> null;
        };
    }

    private boolean begins(byte[] bytes, int at, int length) {
        int end = at + first.length();
        return end <= length && new String(bytes, at, first.length(), StandardCharsets.ISO_8859_1).equals(first);
    }

    private byte[] open(byte[] text) {
        return switch (this) {
            case JSON -> text;
            case GZIP, ZIP -> Arrays.copyOf(text, LenientBase64.decode(text, 0, text.length));
            case UUENCODE -> Arrays.copyOf(text, Uuencode.decode(text, 0, text.length));
        };
    }
}

package dev.sealpost.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** How keys look: a mark that says what they are, and 256 random bits. Only hashes of them are kept. */
final class KeyText {
    private static final String MARK = "spi_";
    private static final Pattern FORM = Pattern.compile(MARK + "[A-Za-z0-9_-]{43}");
    private static final int BYTES = 32;
    private static final int VISIBLE = 12;

    private KeyText() {}

    /** A new key. */
    static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What may be shown of a key. */
    static String prefix(String key) {
        return key.substring(0, VISIBLE);
    }

    /** Whether a text looks like a key. */
    static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}

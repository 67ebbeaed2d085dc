package dev.sealpost.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures of webhooks (Standard Webhooks 1.0, {@code v1}: HMAC-SHA256 over id, time and body). */
final class Signature {
    static final String PREFIX = "whsec_";

    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final int MADE_BYTES = 32;

    private Signature() {}

    /** A new secret. */
    static String secret(SecureRandom random) {
        byte[] bytes = new byte[MADE_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** Whether a text is a secret of 24 to 64 bytes. */
    static boolean isSecret(String text) {
        try {
            int bytes = text.startsWith(PREFIX) ? key(text).length : 0;
            return bytes >= FEWEST_BYTES && bytes <= MOST_BYTES;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    }

    /** The signature, with its version. */
    static String of(String secret, String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no HmacSHA256", impossible);
        }
    }
}

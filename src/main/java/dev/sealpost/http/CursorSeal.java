package dev.sealpost.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jakarta.inject.Singleton;

import io.quarkus.runtime.Startup;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Seals cursors (HMAC-SHA256, 128 bits of it) with a key derived from the origin key, which all processes of an
 * installation share: what one wrote another reads, and nobody else can make one. Until the start it is a random key.
 */
@Singleton
@Startup
final class CursorSeal {
    static final int BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final AtomicReference<SecretKeySpec> KEY = new AtomicReference<>(key(random()));

    CursorSeal(@ConfigProperty(name = "sealpost.origin.key") String origin) {
        use(origin);
    }

    /** Derives the key of all cursors from the origin key. */
    static void use(String origin) {
        KEY.set(key(mac(key(origin.getBytes(StandardCharsets.UTF_8)), "cursor", new byte[0])));
    }

    static byte[] of(String question, byte[] place) {
        return Arrays.copyOf(mac(KEY.get(), question, place), BYTES);
    }

    private static byte[] mac(SecretKeySpec key, String question, byte[] place) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] asked = question.getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(4).putInt(asked.length).array());
            mac.update(asked);
            return mac.doFinal(place);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, impossible);
        }
    }

    private static SecretKeySpec key(byte[] bytes) {
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}

package dev.sealpost.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import jakarta.inject.Singleton;

/** The bootstrap administrator's key. Only its hash is kept, and the time of a comparison tells nothing of it. */
@Singleton
class AdminKey {
    private final Optional<byte[]> hash;

    AdminKey(AccessConfig config) {
        this.hash = config.adminKey().map(AdminKey::sha256);
    }

    /** Whether this is the key; never while none is set. */
    boolean is(String key) {
        byte[] claimed = sha256(key);
        return hash.map(kept -> MessageDigest.isEqual(kept, claimed)).orElse(false);
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}

package dev.sealpost.origin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Signs an origin together with the report it belongs to (HMAC-SHA256), so that whoever may write to the topic can
 * neither invent a provenance nor move one to another report. Thread safe.
 */
public final class OriginSeal {
    private static final String ALGORITHM = "HmacSHA256";

    private static final byte[] NO_BYTES = {};

    /** One for each key, never fed: to look an algorithm up costs more than to sign a report. */
    private final List<Mac> macs;

    private final MessageDigest digest;

    /**
     * @param keys the key that signs, then further ones that are still believed while keys are rotated
     * @throws IllegalArgumentException if there is none, or one is shorter than 32 characters
     */
    public OriginSeal(List<String> keys) {
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length() < 32)) {
            throw new IllegalArgumentException("sealpost.origin.key: needs 32 characters or more");
        }
        try {
            digest = MessageDigest.getInstance("SHA-256");
            macs = new ArrayList<>();
            for (String key : keys) {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
                macs.add(mac);
            }
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, impossible);
        }
    }

    /** The seal, in hexadecimal, of this origin for this value. */
    public String seal(Origin origin, byte[] value) {
        return HexFormat.of().formatHex(mac(macs.getFirst(), origin, value));
    }

    /** Whether one of the keys made the seal for exactly this origin and value. */
    public boolean holds(String seal, Origin origin, byte[] value) {
        byte[] claimed = seal.getBytes(StandardCharsets.US_ASCII);
        return macs.stream()
                .map(mac -> HexFormat.of().formatHex(mac(mac, origin, value)).getBytes(StandardCharsets.US_ASCII))
                .anyMatch(made -> MessageDigest.isEqual(made, claimed));
    }

    /** Its length, then itself; what is missing has a length that no text has. */
    private static void update(Mac mac, @Nullable String part) {
        byte[] bytes = part == null ? NO_BYTES : part.getBytes(StandardCharsets.UTF_8);
        mac.update(
                ByteBuffer.allocate(4).putInt(part == null ? -1 : bytes.length).flip());
        mac.update(bytes);
    }

    private byte[] mac(Mac keyed, Origin origin, byte[] value) {
        try {
            Mac mac = (Mac) keyed.clone();
            for (String part : List.of(
                    origin.receipt().toString(),
                    origin.received().toString(),
                    origin.channel().label(),
                    origin.source(),
                    origin.provenance().label(),
                    Objects.requireNonNullElse(origin.tenant(), ""))) {
                update(mac, part);
            }
            MailClaims claims = origin.claims();
            if (claims != null) {
                // Without claims the seal is that of records from before there were any.
                update(mac, claims.reportDomain());
                update(mac, claims.submitter());
                update(mac, claims.judgement());
            }
            return mac.doFinal(((MessageDigest) digest.clone()).digest(value));
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("this Java cannot copy a " + ALGORITHM, impossible);
        }
    }
}

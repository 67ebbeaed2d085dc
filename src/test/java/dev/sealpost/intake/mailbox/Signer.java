package dev.sealpost.intake.mailbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Signs mails as RFC 6376 says, written apart from what verifies them; {@code simple} body, either kind of header. */
public record Signer(KeyPair pair, String domain, String selector, String canon, String algorithm) {
    static final String COVERED = "From:To:Subject:Content-Type";

    /** New keys. */
    public static KeyPair pair(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of the usual kind. */
    public Signer(KeyPair pair, String domain) {
        this(pair, domain, "s1", "relaxed/simple", "rsa-sha256");
    }

    Signer withCanon(String other) {
        return new Signer(pair, domain, selector, other, algorithm);
    }

    Signer withAlgorithm(String other) {
        return new Signer(pair, domain, selector, canon, other);
    }

    /** The name of its key in the DNS. */
    public String keyName() {
        return selector + "._domainkey." + domain;
    }

    /** The record of a key, with further tags. */
    public static String record(PublicKey key, String tags) {
        return "v=DKIM1; " + tags + "p=" + Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** The mail with a signature on top that covers the usual fields. */
    public String sign(String mail) {
        return sign(mail, "", COVERED);
    }

    /** The mail with a signature on top, with further tags such as {@code "l=3; "}, that covers the named fields. */
    String sign(String mail, String tags, String covered) {
        int split = mail.indexOf("\r\n\r\n") + 4;
        String body = mail.substring(split).replaceAll("(\r\n)*$", "") + "\r\n";
        String field = "DKIM-Signature: v=1; a=" + algorithm + "; c=" + canon + "; d=" + domain + ";\r\n s=" + selector
                + "; " + tags + "h=" + covered + ";\r\n\tbh=" + base64(digest(body)) + ";\r\n b=";
        StringBuilder signed = new StringBuilder();
        List<String> fields = List.of(mail.substring(0, split - 4).split("\r\n(?![ \t])", -1));
        for (String name : covered.split(":", -1)) {
            fields.reversed().stream()
                    .filter(candidate ->
                            candidate.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .findFirst()
                    .ifPresent(found -> signed.append(canonical(found)).append("\r\n"));
        }
        signed.append(canonical(field));
        return field + base64(signature(signed.toString())).replaceAll("(.{60})", "$1\r\n ") + "\r\n" + mail;
    }

    private String canonical(String field) {
        if (canon.startsWith("simple")) {
            return field;
        }
        int colon = field.indexOf(':');
        return field.substring(0, colon).toLowerCase(Locale.ROOT) + ":"
                + field.substring(colon + 1)
                        .replace("\r\n", "")
                        .replaceAll("[ \t]+", " ")
                        .strip();
    }

    private byte[] digest(String text) {
        try {
            return MessageDigest.getInstance(algorithm.endsWith("sha1") ? "SHA-1" : "SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] signature(String text) {
        if (!algorithm.startsWith("rsa")) {
            return Arrays.copyOf(digest(text), 64);
        }
        try {
            Signature signature = Signature.getInstance(algorithm.endsWith("sha1") ? "SHA1withRSA" : "SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

package dev.sealpost.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What makes two copies the same report: organisation, report ID, period and the set of (policy type, policy domain).
 * The report ID alone is unique at most within one organisation (RFC 8460, section 4.4, promises no more).
 *
 * @param hash SHA-256 of an unambiguous encoding of those, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReportIdentity(byte[] hash) {
    public ReportIdentity {
        if (hash.length != 32) {
            throw new IllegalArgumentException("an identity has 32 bytes");
        }
        hash = hash.clone();
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }

    /** The identity of a report, taken from its body alone. */
    public static ReportIdentity of(Report report) {
        MessageDigest digest = sha256();
        add(digest, organization(report));
        add(digest, report.reportId());
        add(digest, report.dateRange().start().getEpochSecond());
        add(digest, report.dateRange().end().getEpochSecond());
        TreeSet<String> policies = new TreeSet<>();
        for (Policy policy : report.policies()) {
            PolicyType type = policy.policyType();
            DomainName domain = policy.policyDomain();
            // One NUL between the two: the reader lets no control character through.
            policies.add((type == null ? "" : type.value()) + '\0' + (domain == null ? "" : domain.value()));
        }
        add(digest, policies.size());
        policies.forEach(policy -> add(digest, policy));
        return new ReportIdentity(digest.digest());
    }

    /** The reporter as compared: its name case-folded, else the domain of the contact-info, else empty. */
    public static String organization(Report report) {
        String name = report.organizationName();
        if (name != null && !name.isBlank()) {
            return fold(name);
        }
        DomainName domain = ContactInfo.domain(report.contactInfo());
        return domain == null ? "" : domain.value();
    }

    /** A reporter's name as compared. */
    public static String fold(String name) {
        // Upper first: it also folds letters such as the final sigma that have two lower-case forms.
        return name.strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(digest, bytes.length);
        digest.update(bytes);
    }

    private static void add(MessageDigest digest, long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReportIdentity that && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    /** Lower-case hex. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(hash);
    }
}

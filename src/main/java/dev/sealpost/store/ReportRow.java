package dev.sealpost.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import dev.sealpost.origin.Origin;
import dev.sealpost.report.Report;
import dev.sealpost.report.ReportIdentity;

/**
 * A report as one row.
 *
 * @param id made of identity and content, so equal bytes have one id wherever and whenever they come
 * @param organization the reporter as compared
 */
record ReportRow(UUID id, LocalDate day, ReportIdentity identity, String organization, Arrival arrival) {

    static ReportRow of(Arrival arrival) {
        ReportIdentity identity = ReportIdentity.of(arrival.report());
        MessageDigest digest = sha256();
        digest.update(identity.hash());
        return new ReportRow(
                uuid(digest.digest(sha256().digest(arrival.json()))),
                arrival.report().dateRange().day(),
                identity,
                Keys.fit(ReportIdentity.organization(arrival.report())),
                arrival);
    }

    Report report() {
        return arrival.report();
    }

    Origin origin() {
        return arrival.origin();
    }

    /** The units this report has a share in, policies without a domain left out. */
    List<Unit> units() {
        return arrival.domains().stream()
                .filter(domain -> !domain.isEmpty())
                .distinct()
                .map(domain -> new Unit(domain, day, organization))
                .toList();
    }

    /** A version 8 UUID (RFC 9562, section 5.8) of the first 16 bytes of a hash. */
    static UUID uuid(byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(hash, 16));
        long high = (bytes.getLong() & ~0xF000L) | 0x8000L;
        long low = (bytes.getLong() & ~(0b11L << 62)) | (1L << 63);
        return new UUID(high, low);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}

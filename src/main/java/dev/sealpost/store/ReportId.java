package dev.sealpost.store;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.UUID;

import dev.sealpost.report.ReportIdentity;

/**
 * Ids of reports: UUIDs of version 8 (RFC 9562, section 5.8) that begin with the day and the identity, so that a report
 * is found by its id alone and the versions of one identity lie side by side in the primary key. The rest is a hash of
 * identity and content, so the same bytes have the same id wherever and whenever they come.
 */
final class ReportId {
    /** Days are counted from here on, in 24 bits; what lies outside stands at the edge. */
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private static final long YEAR_1 = LocalDate.of(1, 1, 1).toEpochDay();

    private static final long MAX_DAY = 0xFF_FFFF;
    private static final long VERSION = 0x8000L;
    private static final long VARIANT = 0x8L << 60;

    private ReportId() {}

    /** The id of some content of an identity. */
    static UUID of(LocalDate day, ReportIdentity identity, byte[] json) {
        byte[] known = identity.hash();
        byte[] content = Sha256.of(known, Sha256.of(json));
        ByteBuffer hash = ByteBuffer.wrap(content);
        long first = hash.getLong();
        long second = hash.getLong();
        // Digits of the hash as they stand in migration 20261126_7: 1-3, then 4-12, 14-16 and 18-20.
        long high = prefix(day, known) | VERSION | (first >>> 52);
        long low = VARIANT | (((first << 12) >>> 28) << 24) | ((first & 0xFFFL) << 12) | ((second << 4) >>> 52);
        return new UUID(high, low);
    }

    /** The day of an id; a day that no report of ours has if it is not one of ours. */
    static LocalDate day(UUID id) {
        // Of invented ids it may lie where dates are no longer written with four digits.
        return LocalDate.ofEpochDay(Math.min((id.getMostSignificantBits() >>> 40) + YEAR_1, LAST_DAY));
    }

    /** The least id of an identity; no id of another identity lies below the greatest but by chance. */
    static UUID least(LocalDate day, ReportIdentity identity) {
        return new UUID(prefix(day, identity.hash()), 0);
    }

    static UUID greatest(LocalDate day, ReportIdentity identity) {
        return new UUID(prefix(day, identity.hash()) | 0xFFFF, -1);
    }

    /** The least id of the identity that an id is one of. */
    static UUID least(UUID id) {
        return new UUID(id.getMostSignificantBits() & ~0xFFFFL, 0);
    }

    static UUID greatest(UUID id) {
        return new UUID(id.getMostSignificantBits() | 0xFFFFL, -1);
    }

    private static long prefix(LocalDate day, byte[] identity) {
        long days = Math.clamp(day.toEpochDay() - YEAR_1, 0, MAX_DAY);
        return (days << 40)
                | ((identity[0] & 0xFFL) << 32)
                | ((identity[1] & 0xFFL) << 24)
                | ((identity[2] & 0xFFL) << 16);
    }
}

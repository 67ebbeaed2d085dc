package dev.sealpost.watch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Domains as 64-bit hashes in order: a million take eight megabytes. Immutable. Two domains have the same hash once in
 * 10^13 pairs of a set and a stranger; what is decided by it is never whether a report counts.
 */
final class DomainSet {
    static final DomainSet EMPTY = new DomainSet(new long[0]);

    private final long[] hashes;

    private DomainSet(long[] hashes) {
        this.hashes = hashes;
    }

    /** The set of these hashes, in any order, repeated or not. */
    static DomainSet of(long... hashes) {
        return new DomainSet(LongStream.of(hashes).sorted().distinct().toArray());
    }

    /** The first eight bytes of the SHA-256 of a domain in its lower-case A-label form. */
    static long hash(String domain) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(domain.getBytes(StandardCharsets.US_ASCII));
            return java.nio.ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    boolean contains(String domain) {
        return Arrays.binarySearch(hashes, hash(domain)) >= 0;
    }

    int size() {
        return hashes.length;
    }

    /** The hashes in order. */
    LongStream hashes() {
        return Arrays.stream(hashes);
    }

    /** This set with some more, and then without some. */
    DomainSet changed(DomainSet added, DomainSet removed) {
        long[] merged = new long[hashes.length + added.hashes.length];
        int length = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < hashes.length || theirs < added.hashes.length) {
            long next;
            if (theirs == added.hashes.length || (mine < hashes.length && hashes[mine] <= added.hashes[theirs])) {
                next = hashes[mine++];
            } else {
                next = added.hashes[theirs++];
            }
            boolean again = length > 0 && merged[length - 1] == next;
            if (!again && Arrays.binarySearch(removed.hashes, next) < 0) {
                merged[length++] = next;
            }
        }
        return new DomainSet(Arrays.copyOf(merged, length));
    }
}

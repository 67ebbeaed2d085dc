package dev.sealpost.origin;

import java.util.Locale;

/**
 * What is known of who sent a report. A closed set; several may share a rank. Reports by mail that lack an aligned DKIM
 * signature are to be ignored (RFC 8460 section 3), and HTTPS has no sender authentication at all: such reports are kept
 * apart as not verified.
 */
public enum Provenance {
    DKIM_ALIGNED(0),
    AUTHENTICATION_RESULTS(1),
    UPLOAD(2),
    TRUSTED_SOURCE(2),
    UNVERIFIED(3),
    DKIM_UNALIGNED(3);

    private final int rank;

    Provenance(int rank) {
        this.rank = rank;
    }

    /** Order of trust: 0 is best; of two versions of one report the better one counts. */
    public int rank() {
        return rank;
    }

    /** The name in the API and in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The provenance of a label.
     *
     * @throws IllegalArgumentException if none is called so
     */
    public static Provenance of(String label) {
        for (Provenance provenance : values()) {
            if (provenance.label().equals(label)) {
                return provenance;
            }
        }
        throw new IllegalArgumentException("no such provenance");
    }
}

package dev.sealpost.store;

import java.util.Arrays;
import java.util.stream.Collectors;

import dev.sealpost.origin.Provenance;

/** Reports of unverified provenance: anybody can send them, so a cell counts a limited number. */
final class Unverified {
    /** Reports that a cell counts, those that came first at the door; more are kept aside. */
    static final int MOST = 1_000;

    /** The best rank of these provenances. */
    static final int RANK = Provenance.UNVERIFIED.rank();

    /** The provenances, as a list in SQL. */
    static final String LABELS = Arrays.stream(Provenance.values())
            .filter(provenance -> provenance.rank() >= Provenance.UNVERIFIED.rank())
            .map(provenance -> "'" + provenance.label() + "'")
            .collect(Collectors.joining(", "));

    private Unverified() {}

    static boolean is(String provenance) {
        return LABELS.contains("'" + provenance + "'");
    }
}

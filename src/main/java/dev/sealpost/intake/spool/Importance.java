package dev.sealpost.intake.spool;

/** How much of the spool a letter may find taken: what strangers send must not fill the room of what matters. */
public enum Importance {
    /** A report of a watched domain: as long as there is room. */
    WATCHED(4),
    /** A report of domains that nobody registered. */
    UNCLAIMED(3),
    /** No report at all. */
    JUNK(2);

    private final int quarters;

    Importance(int quarters) {
        this.quarters = quarters;
    }

    /** Bytes up to which the spool may be filled with it. */
    long share(long maxSize) {
        return maxSize / 4 * quarters;
    }
}

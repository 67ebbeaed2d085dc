package dev.sealpost.report;

/** What unpacking one input may still cost, over all its layers and members together. */
final class Budget {
    /** Empty members cost time but no output, so they are counted. */
    private static final int MAX_MEMBERS = 10_000;

    private static final int MAX_ENTRIES = 1_000;

    private final int limit;
    private int remaining;
    private int members;
    private int entries;
    private boolean exceeded;

    Budget(int limit) {
        this.limit = limit;
        this.remaining = limit;
    }

    int remaining() {
        return remaining;
    }

    void spend(int bytes) throws Refused {
        if (bytes > remaining) {
            throw exceeded();
        }
        remaining -= bytes;
    }

    void addGzipMember() throws Refused {
        if (++members > MAX_MEMBERS) {
            throw new Refused(Reason.TOO_LARGE, "more than " + MAX_MEMBERS + " gzip members");
        }
    }

    void addZipEntry() throws Refused {
        if (++entries > MAX_ENTRIES) {
            throw new Refused(Reason.TOO_LARGE, "more than " + MAX_ENTRIES + " zip entries");
        }
    }

    /** Whether the input had more bytes than this, wherever that was noticed. */
    boolean isExceeded() {
        return exceeded;
    }

    Refused exceeded() {
        exceeded = true;
        return new Refused(Reason.TOO_LARGE, "more than " + limit + " bytes unpacked");
    }
}

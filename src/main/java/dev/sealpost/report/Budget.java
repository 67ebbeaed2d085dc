package dev.sealpost.report;

/** The unpacked bytes that one input may still produce, over all its layers and members together. */
final class Budget {
    private final int limit;
    private int remaining;

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

    Refused exceeded() {
        return new Refused(Reason.TOO_LARGE, "more than " + limit + " bytes unpacked");
    }
}

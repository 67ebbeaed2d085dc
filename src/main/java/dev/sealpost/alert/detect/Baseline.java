package dev.sealpost.alert.detect;

/** What a series is used to, as it was known at the end of each day; days are learned in their order. */
final class Baseline {
    /** What the prior rate is worth: so many failures. */
    static final double PSEUDO_FAILURES = 0.3;

    /** A day has no more weight than so many average ones, lest a single claim settles the rate for months. */
    private static final double MOST_AVERAGES = 100;

    private static final double UNSUSPICIOUS = 1_000;

    private static final double FADE = Past.weight(1);

    private final double priorRate;
    private final double[] failures = new double[Past.DAYS];
    private final double[] sessions = new double[Past.DAYS];
    private final double[] plainSessions;
    private final int[] days;

    /**
     * Starts with a rate that is expected where nothing is known.
     *
     * @param scratch to write on; once it is used for something else, {@link #expectation} is all that can be asked
     */
    Baseline(double priorRate, Scratch scratch) {
        this.priorRate = priorRate;
        this.plainSessions = scratch.plainSessions;
        this.days = scratch.days;
    }

    /** Fades what is known, and learns nothing from this day. */
    void skip(int at) {
        learn(at, 0, 0);
    }

    /** Learns a day, or learns it anew; later days must be learned anew then. */
    void learn(int at, long failed, long all) {
        double known = at == 0 ? 0 : plainSessions[at - 1];
        int before = at == 0 ? 0 : days[at - 1];
        double scale = all > UNSUSPICIOUS ? scale(all, known, before) : 1;
        failures[at] = (at == 0 ? 0 : failures[at - 1] * FADE) + failed * scale;
        sessions[at] = (at == 0 ? 0 : sessions[at - 1] * FADE) + all * scale;
        plainSessions[at] = known + all * scale;
        days[at] = before + (all > 0 ? 1 : 0);
    }

    private static double scale(long all, double known, int before) {
        double most = before == 0 ? all : Math.max(UNSUSPICIOUS, MOST_AVERAGES * known / before);
        return all > most ? most / all : 1;
    }

    /** Expected failures a session. */
    double rate(int at) {
        if (at < 0) {
            return priorRate;
        }
        double shrunk = failures(at) / (PSEUDO_FAILURES / priorRate + sessions[at]);
        // Its own past may only push the expectation up.
        return Math.max(shrunk, failures[at] / (sessions[at] + 10));
    }

    /** The failures the rate rests on, the prior's included: how sure it is. */
    double failures(int at) {
        return PSEUDO_FAILURES + failures[at];
    }

    /** What is expected after this day. */
    Expectation expectation(int at) {
        return new Expectation(rate(at), at < 0 ? PSEUDO_FAILURES : failures(at));
    }

    /** Failures that were learned. */
    double failed(int at) {
        return failures[at];
    }

    /** Sessions that were learned. */
    double sessions(int at) {
        return plainSessions[at];
    }

    /** Report days that were learned. */
    int days(int at) {
        return days[at];
    }
}

package dev.sealpost.alert.detect;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Senders of which little is known yet. Some fail in a good part of their sessions all the time (relays without TLS, scanners);
 * the fewer sessions of a sender were seen without a failure, the more probable it is that it is one of them.
 */
final class Newcomer {
    /** So many senders are of this kind. */
    private static final double SHARE = 0.05;

    /** The share of their sessions that fails: a beta distribution. */
    private static final double FAILING = 0.5;

    private static final double FINE = 1.5;

    /** The sessions of a few days are like each other, so that more of them say nothing more. */
    private static final double MOST_SESSIONS = 300;

    /** With more sessions than this, their share is as good as their number. */
    private static final int MANY = 100;

    private Newcomer() {}

    /**
     * The probability that a sender is of this kind and fails in at least so many sessions of a window.
     *
     * @param failed of the sessions of the window
     * @param all sessions of the window
     * @param failedBefore of the sessions before
     * @param before sessions before, above 0
     */
    static double atLeast(long failed, long all, double failedBefore, double before) {
        double scale = Math.min(1, MOST_SESSIONS / before);
        double a = FAILING + failedBefore * scale;
        double b = FINE + Math.max(before - failedBefore, 0) * scale;
        // Whoever failed before is taken for one of them.
        double probability =
                failedBefore > 0 ? 1 : SHARE * Math.exp(LogBeta.value(a, b) - LogBeta.value(FAILING, FINE));
        return probability
                * (all > MANY
                        ? RegularizedBeta.complement((double) failed / all, a, b)
                        : Tail.betaBinomial(failed, all, a, b));
    }
}

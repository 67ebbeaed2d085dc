package dev.sealpost.alert.detect;

/**
 * Senders of a few sessions a day that fail now and then, a session at a time. Sessions say too little about them; days say how
 * often they fail at all, and whether some more of such days are news.
 */
final class Unsteady {
    /** So many senders are of this kind. */
    private static final double SHARE = 0.05;

    /** The share of their days on which they fail, before any is known: a beta distribution, mostly near none. */
    private static final double FAILING = 0.5;

    private static final double FINE = 2;

    /** Failures on a failing day, below which they come one at a time. */
    private static final int ONE_AT_A_TIME = 2;

    private Unsteady() {}

    /** Whether days are what is to be counted. */
    static boolean possible(long failures, int failingDays) {
        return failures < (long) ONE_AT_A_TIME * failingDays;
    }

    /**
     * The probability that a sender is unsteady and fails on at least so many days of a window.
     *
     * @param failing of the days of the window
     * @param days in the window that have a report
     * @param failedBefore of the days before
     * @param daysBefore that have a report
     */
    static double atLeast(int failing, int days, int failedBefore, int daysBefore) {
        double a = FAILING + failedBefore;
        double b = FINE + daysBefore - failedBefore;
        return SHARE * Tail.betaBinomial(failing, days, a, b);
    }
}

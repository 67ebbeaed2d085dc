package dev.sealpost.alert.detect;

import org.jspecify.annotations.Nullable;

/** Compares the failures of the last days of a series with what its past lets expect. */
final class WindowTest {
    /** From here on a window says something about days that are like each other, not about a single one. */
    static final int LONG = 4;

    /** The longest window that is judged. */
    static final int LONGEST = 28;

    private static final double LEAST_RATIO = 5;
    private static final double LEAST_EXCESS = 0.01;
    private static final double LEAST_LONG_EXCESS = 0.003;
    private static final int LEAST_FAILURES = 3;

    private static final int LEAST_LONG_FAILURES = 4;

    private static final int LEAST_DAYS = 7;
    private static final int MOST_DAYS_NEEDED = 14;
    private static final double LEAST_SESSIONS = 30;

    private final long[] sessions;
    private final long[] failures;
    private final Baseline baseline;
    private final double dispersion;
    private final boolean[] explained;
    private final long[] failuresUpTo;
    private final long[] sessionsUpTo;
    private final int[] explainedUpTo;
    private final int[] failingUpTo;
    private final int[] daysUpTo;

    /**
     * What stands out in a window.
     *
     * @param failures that count
     * @param sessions that count
     * @param expectation what the past lets expect
     * @param p the probability of so many failures, or more, whichever kind of sender explains them better
     */
    record Result(long failures, long sessions, Expectation expectation, double p) {}

    WindowTest(Scratch scratch, Baseline baseline, double dispersion) {
        this.sessions = scratch.sessions;
        this.failures = scratch.failures;
        this.explained = scratch.explained;
        this.failuresUpTo = scratch.failuresUpTo;
        this.sessionsUpTo = scratch.sessionsUpTo;
        this.explainedUpTo = scratch.explainedUpTo;
        this.failingUpTo = scratch.failingUpTo;
        this.daysUpTo = scratch.daysUpTo;
        this.baseline = baseline;
        this.dispersion = dispersion;
    }

    /** Whether the failures of a window are many enough, whatever is expected. */
    static boolean enough(long failed, long all, int window) {
        return failed >= (window >= LONG ? LEAST_LONG_FAILURES : LEAST_FAILURES) && failed >= leastExcess(window) * all;
    }

    private static double leastExcess(int window) {
        return window >= LONG ? LEAST_LONG_EXCESS : LEAST_EXCESS;
    }

    /** Goes on to the next day. */
    void reach(int at) {
        failuresUpTo[at] = failures[at] + (at == 0 ? 0 : failuresUpTo[at - 1]);
        sessionsUpTo[at] = sessions[at] + (at == 0 ? 0 : sessionsUpTo[at - 1]);
        failingUpTo[at] = (failures[at] > 0 ? 1 : 0) + (at == 0 ? 0 : failingUpTo[at - 1]);
        daysUpTo[at] = (sessions[at] > 0 ? 1 : 0) + (at == 0 ? 0 : daysUpTo[at - 1]);
        explainedUpTo[at] = at == 0 ? 0 : explainedUpTo[at - 1];
    }

    /** Whether a window holds sessions that a shorter one does not: without, it says nothing else. */
    boolean reaches(int at, int window, int shorter) {
        int base = at - window;
        return base >= 0 && (shorter == 0 || sessionsUpTo[at - shorter] > sessionsUpTo[base]);
    }

    /** What was found on these days is known; long windows look for something else. */
    void explain(int from, int to) {
        for (int day = from; day <= to; day++) {
            explained[day] = true;
            explainedUpTo[day] = (day == 0 ? 0 : explainedUpTo[day - 1]) + 1;
        }
    }

    /**
     * Judges the window that ends on this day.
     *
     * @param leastRate that is expected at least
     * @return null if nothing stands out, or too little is known
     */
    @Nullable
    Result result(int at, int window, double leastRate) {
        int base = at - window;
        if (base < 0 || !worthIt(base, at)) {
            return null;
        }
        boolean longWindow = window >= LONG;
        long failed = 0;
        long all = 0;
        long most = 0;
        long second = 0;
        double squares = 0;
        for (int day = base + 1; day <= at; day++) {
            squares += (double) sessions[day] * sessions[day];
            if (!longWindow || !explained[day]) {
                failed += failures[day];
                all += sessions[day];
                second = Math.max(second, Math.min(most, failures[day]));
                most = Math.max(most, failures[day]);
            }
        }
        // A long window must not rest on one day, so its worst day counts like the second worst.
        failed -= longWindow ? most - second : 0;
        double rate = Math.max(baseline.rate(base), leastRate);
        double mean = Math.max(all * rate, 1e-12);
        if (!enough(failed, all, window)
                || failed - mean < leastExcess(window) * all
                || failed < LEAST_RATIO * mean
                || baseline.sessions(base) < Math.max(LEAST_SESSIONS, 0.25 * all)) {
            return null;
        }
        double spread = squares / ((double) all * all) / dispersion + 1 / baseline.failures(base);
        Expectation expectation = new Expectation(rate, baseline.failures(base));
        double p = Tail.atLeast(failed, mean, 1 / spread);
        if (baseline.days(base) < daysNeeded(window)) {
            p = Math.max(p, Newcomer.atLeast(failed, all, baseline.failed(base), baseline.sessions(base)));
        }
        return new Result(failed, all, expectation, longWindow ? Math.max(p, unsteady(base, at)) : p);
    }

    /** How probable the days are, if the sender is one that fails now and then. */
    private double unsteady(int base, int at) {
        int failing = failingUpTo[at] - failingUpTo[base];
        return Unsteady.possible(failuresUpTo[at] - failuresUpTo[base], failing)
                ? Unsteady.atLeast(failing, daysUpTo[at] - daysUpTo[base], failingUpTo[base], daysUpTo[base])
                : 0;
    }

    /** Refuses at a glance what cannot pass. */
    private boolean worthIt(int base, int at) {
        long failed = failuresUpTo[at] - failuresUpTo[base];
        return failed >= LEAST_FAILURES
                && baseline.days(base) > 0
                && (explainedUpTo[at] > explainedUpTo[base]
                        || failed >= LEAST_RATIO * baseline.rate(base) * (sessionsUpTo[at] - sessionsUpTo[base]));
    }

    /** With fewer days of its past a sender is a newcomer. */
    private static int daysNeeded(int window) {
        return Math.max(LEAST_DAYS, Math.min(window, MOST_DAYS_NEEDED));
    }
}

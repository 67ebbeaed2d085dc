package dev.sealpost.alert.detect;

import java.util.stream.LongStream;

import dev.sealpost.report.ResultType;

/**
 * More failures than the past of a series explains.
 *
 * @param history whose
 * @param type how sessions failed
 * @param day the report day it was seen on, the last one of the window
 * @param window how many days it was seen over
 * @param failures in the window
 * @param sessions in the window
 * @param expectation what the past lets expect
 * @param p how improbable it is, corrected for the number of windows tried
 * @param pastDays report days that the expectation rests on
 * @param since the first day of the episode it goes on with, or of the window, that shows it
 */
record Candidate(
        History history,
        ResultType type,
        long day,
        int window,
        long failures,
        long sessions,
        Expectation expectation,
        double p,
        int pastDays,
        long since) {
    private static final double SHOWS = 0.4;
    private static final double NO_CHANCE = 3e-3;
    private static final int RECENT_DAYS = 7;
    private static final int RECENT_REPORTS = 3;

    /** The expected failures a session. */
    double rate() {
        return expectation.rate();
    }

    double expected() {
        return sessions * rate();
    }

    double observedRate() {
        return (double) failures / Math.max(sessions, 1);
    }

    /** The share of sessions that fail beyond what is expected. */
    double excess() {
        return Math.max(observedRate() - rate(), 1e-9);
    }

    boolean overDays() {
        return window >= WindowTest.LONG;
    }

    /** Whether the day itself belongs to it, and is no quiet day after one that stood out. */
    boolean showsItself() {
        return overDays() ? shows(day) : supports(day);
    }

    /**
     * Of the last days, those that show it and are no chance themselves. What goes on shows in reports that follow each
     * other, so for a short window only the last three count.
     */
    int supportingDays() {
        int days = 0;
        int reports = 0;
        int most = overDays() ? RECENT_DAYS : RECENT_REPORTS;
        for (long at = day; at > day - RECENT_DAYS && reports < most; at--) {
            if (history.sessions(at) > 0) {
                reports++;
                days += supports(at) ? 1 : 0;
            }
        }
        return days;
    }

    /** The last days, this one included. */
    LongStream recentDays() {
        return LongStream.rangeClosed(day - RECENT_DAYS + 1, day);
    }

    private boolean shows(long at) {
        return shows(history.failures(type, at), history.sessions(at), excess());
    }

    /** Whether a day with so many failures has its share of an excess. */
    static boolean shows(long failed, long all, double excess) {
        return failed > 0 && failed >= SHOWS * excess * all;
    }

    private boolean supports(long at) {
        return shows(at)
                && Tail.atLeast(
                                history.failures(type, at),
                                Math.max(history.sessions(at) * rate(), 1e-12),
                                TypeModel.of(type).dispersion())
                        <= NO_CHANCE;
    }
}

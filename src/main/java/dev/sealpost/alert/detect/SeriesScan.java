package dev.sealpost.alert.detect;

import java.util.ArrayList;
import java.util.List;

import dev.sealpost.report.ResultType;
import org.jspecify.annotations.Nullable;

/**
 * Judges the days of one series (policy domain, reporter, result type) one after the other. A day that stands out is kept out
 * of the baseline of those after it, until it has become the rule.
 */
final class SeriesScan {
    private static final int[] WINDOWS = {1, 2, 4, 7, 14, WindowTest.LONGEST};
    private static final double ALARM = 3e-5;
    private static final double STANDS_OUT = 1e-4;

    private final History history;
    private final ResultType type;
    private final long first;
    private final Baseline baseline;
    private final WindowTest test;

    private final long[] sessions;
    private final long[] failures;
    private final boolean[] standsOut;
    private final boolean[] usual;

    private Episode episode = new Episode();
    private int episodeFrom;
    private int episodeEnd = -1;
    private final List<Candidate> candidates = new ArrayList<>();

    /**
     * Judges the last days.
     *
     * @param priorRate failures a session, where nothing is known yet
     * @param last the last day that is known
     * @param scratch to write on until the constructor returns
     */
    SeriesScan(History history, ResultType type, double priorRate, long last, Scratch scratch) {
        this.history = history;
        this.type = type;
        this.first = last - Past.DAYS + 1;
        this.sessions = scratch.sessions;
        this.failures = scratch.failures;
        this.standsOut = scratch.standsOut;
        this.usual = scratch.usual;
        history.copySessions(first, sessions);
        history.copyFailures(type, first, failures);
        this.baseline = new Baseline(priorRate, scratch);
        this.test = new WindowTest(scratch, baseline, TypeModel.of(type).dispersion());
        for (int at = 0; at < Past.DAYS; at++) {
            test.reach(at);
            if (failures[at] > 0) {
                judge(at);
            }
            learn(at, false);
            follow(at);
        }
    }

    /** The days on which more failed than the past explains. */
    List<Candidate> candidates() {
        return candidates;
    }

    /** What was expected in a window that ends on this day. */
    Expectation expected(long day, int window) {
        return baseline.expectation((int) (day - first) - window);
    }

    private void judge(int at) {
        Candidate best = null;
        int shorter = 0;
        for (int window : WINDOWS) {
            if (!test.reaches(at, window, shorter)) {
                continue;
            }
            shorter = window;
            WindowTest.Result result = test.result(at, window, episode.rule() ? episode.level() : 0);
            if (result != null && (best == null || result.p() * WINDOWS.length < best.p())) {
                best = candidate(at, window, result);
            }
        }
        if (best != null && best.p() <= ALARM) {
            test.explain(at, at);
            if (best.showsItself()) {
                candidates.add(best);
            }
        }
        standsOut[at] = best != null && best.p() <= STANDS_OUT;
    }

    private @Nullable Candidate candidate(int at, int window, WindowTest.Result result) {
        double p = Math.min(result.p() * WINDOWS.length, 1);
        long since = first + (episode.begun() ? episodeFrom : since(at, window, result));
        return new Candidate(
                history,
                type,
                first + at,
                window,
                result.failures(),
                result.sessions(),
                result.expectation(),
                p,
                baseline.days(at - window),
                since);
    }

    /** What an episode before this one showed does not belong to it. */
    private int since(int at, int window, WindowTest.Result result) {
        double excess = (double) result.failures() / result.sessions()
                - result.expectation().rate();
        int day = Math.max(at - window, episodeEnd) + 1;
        while (day < at && !Candidate.shows(failures[day], sessions[day], excess)) {
            day++;
        }
        return day;
    }

    /** Keeps what stands out away from the baseline until it is the rule; and again when the rule has ended. */
    private void follow(int at) {
        if (standsOut[at]) {
            if (!episode.begun()) {
                episodeFrom = at;
            }
            episode.add(failures[at], sessions[at]);
            if (episode.rule()) {
                relearn(at, true);
            }
        } else if (sessions[at] > 0) {
            boolean shown = episode.goesOn(failures[at], sessions[at]);
            usual[at] = shown && episode.rule();
            if (episode.over()) {
                if (episode.rule()) {
                    relearn(at, false);
                    test.explain(episodeFrom, at);
                }
                episode = new Episode();
                episodeEnd = at;
            }
        }
    }

    private void relearn(int until, boolean rule) {
        for (int day = episodeFrom; day <= until; day++) {
            learn(day, rule);
        }
    }

    private void learn(int at, boolean rule) {
        if (sessions[at] > 0 && (rule || !(standsOut[at] || usual[at]))) {
            baseline.learn(at, failures[at], sessions[at]);
        } else {
            baseline.skip(at);
        }
    }
}

package dev.sealpost.alert.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.LongStream;

import dev.sealpost.report.ResultType;

/**
 * What can be said of series that are too young for a baseline: where all reporters of a domain fail alike, the domain is
 * broken. Nothing that only one of them sees.
 */
final class FirstDays {
    private static final long YOUNG = 7;
    private static final long LEAST_SESSIONS = 20;
    private static final double LEAST_SHARE = 0.2;
    private static final int LEAST_REPORTERS = 2;
    private static final double SIZE = 0.3;

    private final ToDoubleBiFunction<History, ResultType> priorRate;

    /** Expects these rates. */
    FirstDays(ToDoubleBiFunction<History, ResultType> priorRate) {
        this.priorRate = priorRate;
    }

    /** Whether any of them can be young on one of so many days. */
    static boolean possible(List<History> histories, long days) {
        return histories.stream().anyMatch(history -> history.reportDays() < YOUNG + days);
    }

    /** The young series of a day on which all verified reporters fail alike. */
    List<Candidate> candidates(List<History> histories, long day) {
        List<History> speaking = histories.stream()
                .filter(history -> history.verified() && history.sessions(day) >= LEAST_SESSIONS)
                .toList();
        List<Candidate> candidates = new ArrayList<>();
        if (speaking.size() >= LEAST_REPORTERS) {
            for (Family family : Family.values()) {
                if (speaking.stream().allMatch(history -> fails(history, family, day))) {
                    speaking.stream()
                            .filter(history -> young(history, day))
                            .forEach(history -> add(history, family, day, candidates));
                }
            }
        }
        return candidates;
    }

    private static boolean young(History history, long day) {
        return LongStream.range(day - Past.DAYS, day).filter(history::reported).count() < YOUNG;
    }

    private static boolean fails(History history, Family family, long day) {
        return history.types().stream()
                .filter(type -> Family.of(type) == family)
                .anyMatch(type -> failsBy(history, type, day));
    }

    private static boolean failsBy(History history, ResultType type, long day) {
        return history.failures(type, day) >= LEAST_SHARE * history.sessions(day);
    }

    private void add(History history, Family family, long day, List<Candidate> candidates) {
        for (ResultType type : history.types()) {
            if (Family.of(type) == family && failsBy(history, type, day)) {
                long failed = history.failures(type, day);
                double rate = priorRate.applyAsDouble(history, type);
                double p = Tail.atLeast(failed, rate * history.sessions(day), SIZE);
                Expectation prior = new Expectation(rate, Baseline.PSEUDO_FAILURES);
                candidates.add(new Candidate(history, type, day, 1, failed, history.sessions(day), prior, p, 0, day));
            }
        }
    }
}

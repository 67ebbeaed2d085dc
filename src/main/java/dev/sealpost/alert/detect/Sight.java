package dev.sealpost.alert.detect;

import java.util.List;
import java.util.function.BiFunction;

import dev.sealpost.report.ResultType;

/**
 * What one other series shows in the window of a candidate.
 *
 * @param other whose it is
 * @param sessions in the window
 * @param failures of the family in the window
 * @param expected failures, if it saw the same
 * @param ordinary failures that its own past lets expect
 * @param seeing how probable its failures are, if it sees the failure
 * @param usual how probable they are, if it does not
 */
record Sight(
        History other, long sessions, long failures, double expected, double ordinary, double seeing, double usual) {
    /** Whoever shows at least this share of the failures expected of him sees the same. */
    private static final double FULL = 0.3;

    /** So little agreement is none, whatever is usual. */
    private static final double NOTHING = 0.05;

    /** Whoever always fails in this part of the share that fails elsewhere says nothing by failing, nor by failing less. */
    private static final double ALWAYS = 0.5;

    private static final double CLEAR = 10;
    private static final double LEAST_MEAN = 1e-7;
    private static final double LEAST_PROBABILITY = 1e-12;

    /**
     * Looks at a series.
     *
     * @param types by which it may name the failure
     */
    static Sight of(
            Candidate candidate,
            List<ResultType> types,
            History other,
            BiFunction<History, ResultType, SeriesScan> scans) {
        long from = candidate.day() - candidate.window() + 1;
        long sessions = other.sessions(from, candidate.day());
        double expected = sessions * candidate.excess();
        long failures = 0;
        for (ResultType type : types) {
            failures += other.failures(type, from, candidate.day());
        }
        if (failures == 0) {
            return new Sight(other, sessions, 0, expected, 0, 1 / (1 + Math.max(expected, LEAST_MEAN)), 1);
        }
        double full = full(expected);
        double rate = 0;
        double size = Double.MAX_VALUE;
        if (failures >= NOTHING * full) {
            for (ResultType type : types) {
                if (other.failures(type, from, candidate.day()) > 0) {
                    Expectation expectation = scans.apply(other, type).expected(candidate.day(), candidate.window());
                    rate += expectation.rate();
                    size = Math.min(size, expectation.size(TypeModel.of(type).dispersion()));
                }
            }
        }
        double ordinary = sessions * rate;
        if (rate >= ALWAYS * candidate.excess()) {
            return new Sight(other, sessions, failures, expected, ordinary, 1, 1);
        }
        // A common fault hits one harder than another, so that this is wide.
        double seeing = Tail.geometric(failures, Math.max(expected + ordinary, LEAST_MEAN));
        // Few failures among many that were expected are none.
        double usual = failures < NOTHING * full
                ? 1
                : Math.max(Tail.exactly(failures, Math.max(ordinary, LEAST_MEAN), size), LEAST_PROBABILITY);
        return new Sight(other, sessions, failures, expected, ordinary, seeing, usual);
    }

    private static double full(double expected) {
        return Math.max(FULL * expected, 1e-9);
    }

    /** Whether little traffic is enough to tell that it sees the failure. */
    boolean clear() {
        return failures > 0 && seeing > CLEAR * usual;
    }

    Witness witness() {
        double agreement = Math.clamp((failures - ordinary) / full(expected), 0, 1);
        return new Witness(
                other.domain(), other.organization(), other.verified(), sessions, failures, expected, agreement);
    }
}

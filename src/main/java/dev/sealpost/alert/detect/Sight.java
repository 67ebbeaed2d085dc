package dev.sealpost.alert.detect;

import java.util.function.BiFunction;

import dev.sealpost.report.ResultType;

/**
 * What one other series shows in the window of a candidate.
 *
 * @param witness its numbers
 * @param seeing how probable they are, if it sees the failure
 * @param usual how probable they are, if it does not
 */
record Sight(Witness witness, double seeing, double usual) {
    /** Whoever shows at least this share of the failures expected of him sees the same. */
    private static final double FULL = 0.3;

    /** So little agreement is none, whatever is usual. */
    private static final double NOTHING = 0.05;

    /** Whoever always fails in this part of the share that fails elsewhere says nothing by failing, nor by failing less. */
    private static final double ALWAYS = 0.5;

    private static final double CLEAR = 10;
    private static final double LEAST_MEAN = 1e-7;
    private static final double LEAST_PROBABILITY = 1e-12;

    static Sight of(Candidate candidate, History other, BiFunction<History, ResultType, SeriesScan> scans) {
        long from = candidate.day() - candidate.window() + 1;
        long sessions = other.sessions(from, candidate.day());
        double expected = sessions * candidate.excess();
        double full = Math.max(FULL * expected, 1e-9);
        long failures = 0;
        for (ResultType type : other.types(Family.of(candidate.type()))) {
            failures += other.failures(type, from, candidate.day());
        }
        double rate = 0;
        double size = Double.MAX_VALUE;
        if (failures >= NOTHING * full) {
            for (ResultType type : other.types(Family.of(candidate.type()))) {
                if (other.failures(type, from, candidate.day()) > 0) {
                    Expectation expectation = scans.apply(other, type).expected(candidate.day(), candidate.window());
                    rate += expectation.rate();
                    size = Math.min(size, expectation.size(TypeModel.of(type).dispersion()));
                }
            }
        }
        double usual = sessions * rate;
        double agreement = Math.clamp((failures - usual) / full, 0, 1);
        Witness witness = new Witness(
                other.domain(), other.organization(), other.verified(), sessions, failures, expected, agreement);
        if (rate >= ALWAYS * candidate.excess()) {
            return new Sight(witness, 1, 1);
        }
        return new Sight(
                witness,
                // A common fault hits one harder than another, so that this is wide.
                Tail.geometric(failures, Math.max(expected + usual, LEAST_MEAN)),
                // Few failures among many that were expected are none.
                failures < NOTHING * full
                        ? 1
                        : Math.max(Tail.exactly(failures, Math.max(usual, LEAST_MEAN), size), LEAST_PROBABILITY));
    }

    /** Whether little traffic is enough to tell that it sees the failure. */
    boolean clear() {
        return witness.failures() > 0 && seeing > CLEAR * usual;
    }
}

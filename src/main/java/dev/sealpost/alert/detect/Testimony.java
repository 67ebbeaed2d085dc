package dev.sealpost.alert.detect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;

import dev.sealpost.report.ResultType;

/**
 * What others say about a candidate.
 *
 * @param witnesses those with enough traffic to show the failure, in the order of their names
 * @param weight how much they know together
 * @param agreement from 0, none of them sees it, to 1, all do
 */
record Testimony(List<Witness> witnesses, double weight, double agreement) {
    /** Whoever shows at least this share of the failures expected of him sees the same. */
    private static final double FULL = 0.3;

    private static final double ENOUGH = 0.5;

    /** So little agreement is none, whatever is usual. */
    private static final double NOTHING = 0.05;

    static Testimony of(
            Candidate candidate, Collection<History> others, BiFunction<History, ResultType, SeriesScan> scans) {
        Family family = Family.of(candidate.type());
        List<Witness> witnesses = new ArrayList<>();
        for (History other : others) {
            if (other.reported(candidate.day())
                    && (family != Family.DANE || other.dane())
                    && mayTestify(other, candidate.history())) {
                long sessions = other.sessions(candidate.day() - candidate.window() + 1, candidate.day());
                if (sessions * candidate.excess() >= ENOUGH) {
                    witnesses.add(witness(candidate, other, sessions, scans));
                }
            }
        }
        witnesses.sort(Comparator.comparing(Witness::domain)
                .thenComparing(Witness::organization)
                .thenComparing(Witness::verified));
        double weight = 0;
        double sum = 0;
        for (Witness witness : witnesses) {
            weight += witness.weight();
            sum += witness.weight() * witness.agreement();
        }
        return new Testimony(List.copyOf(witnesses), weight, weight > 0 ? sum / weight : 0);
    }

    /** How many see it. */
    long seeing() {
        return witnesses.stream().filter(Witness::sees).count();
    }

    /** Others than whose it is; and what anybody could have sent neither hides nor spreads what is verified. */
    private static boolean mayTestify(History other, History own) {
        return (other.verified() || !own.verified())
                && !(other.domain().equals(own.domain()) && other.organization().equals(own.organization()));
    }

    private static Witness witness(
            Candidate candidate, History other, long sessions, BiFunction<History, ResultType, SeriesScan> scans) {
        long from = candidate.day() - candidate.window() + 1;
        double expected = sessions * candidate.excess();
        double full = Math.max(FULL * expected, 1e-9);
        List<ResultType> types = new ArrayList<>();
        long failures = 0;
        for (ResultType type : other.types(Family.of(candidate.type()))) {
            long failed = other.failures(type, from, candidate.day());
            failures += failed;
            if (failed > 0) {
                types.add(type);
            }
        }
        double rate = 0;
        if (failures >= NOTHING * full) {
            for (ResultType type : types) {
                rate += scans.apply(other, type).expectedRate(candidate.day(), candidate.window());
            }
        }
        double usual = sessions * rate;
        double agreement = Math.clamp((failures - usual) / full, 0, 1);
        return new Witness(
                other.domain(), other.organization(), other.verified(), sessions, failures, expected, agreement);
    }
}

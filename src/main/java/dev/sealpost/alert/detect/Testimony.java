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
            if (other.reported(candidate.day()) && (family != Family.DANE || other.dane())) {
                Witness witness = witness(candidate, other, family, scans);
                if (witness.expected() >= ENOUGH) {
                    witnesses.add(witness);
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

    private static Witness witness(
            Candidate candidate, History other, Family family, BiFunction<History, ResultType, SeriesScan> scans) {
        long from = candidate.day() - candidate.window() + 1;
        long sessions = other.sessions(from, candidate.day());
        double expected = sessions * candidate.excess();
        List<ResultType> types = expected < ENOUGH
                ? List.of()
                : other.types().stream()
                        .filter(type -> Family.of(type) == family)
                        .filter(type -> other.failures(type, from, candidate.day()) > 0)
                        .toList();
        long failures = types.stream()
                .mapToLong(type -> other.failures(type, from, candidate.day()))
                .sum();
        double full = Math.max(FULL * expected, 1e-9);
        double usual = failures < NOTHING * full
                ? 0
                : sessions
                        * types.stream()
                                .mapToDouble(type ->
                                        scans.apply(other, type).expectedRate(candidate.day(), candidate.window()))
                                .sum();
        double agreement = Math.clamp((failures - usual) / full, 0, 1);
        return new Witness(
                other.domain(), other.organization(), other.verified(), sessions, failures, expected, agreement);
    }
}

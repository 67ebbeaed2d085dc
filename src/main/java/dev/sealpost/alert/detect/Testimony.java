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
        long sessions = 0;
        for (long day = from; day <= candidate.day(); day++) {
            sessions += other.sessions(day);
        }
        double expected = sessions * candidate.excess();
        long failures = 0;
        double usual = 0;
        for (ResultType type : other.types()) {
            long failed = 0;
            if (expected >= ENOUGH && Family.of(type) == family) {
                for (long day = from; day <= candidate.day(); day++) {
                    failed += other.failures(type, day);
                }
            }
            if (failed > 0) {
                failures += failed;
                usual += sessions * scans.apply(other, type).expectedRate(candidate.day(), candidate.window());
            }
        }
        double agreement = Math.clamp((failures - usual) / Math.max(FULL * expected, 1e-9), 0, 1);
        return new Witness(
                other.domain(), other.organization(), other.verified(), sessions, failures, expected, agreement);
    }
}

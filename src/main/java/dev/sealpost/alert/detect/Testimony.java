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
 * @param witnesses those with enough traffic to show the failure, and smaller ones that do show it, in the order of their names
 * @param weight how much they know together
 * @param agreement from 0, none of them sees it, to 1, all do
 * @param odds the logarithm of the odds that they share a cause, by all who reported, however little traffic they have
 */
record Testimony(List<Witness> witnesses, double weight, double agreement, double odds) {
    private static final double ENOUGH = 0.5;

    static Testimony of(
            Candidate candidate,
            Collection<History> others,
            Breadth breadth,
            BiFunction<History, ResultType, SeriesScan> scans) {
        Family family = Family.of(candidate.type());
        List<Witness> witnesses = new ArrayList<>();
        double odds = 0;
        for (History other : others) {
            if (other.reported(candidate.day())
                    && (family != Family.DANE || other.dane())
                    && mayTestify(other, candidate.history())) {
                Sight sight = Sight.of(candidate, other.types(family), other, scans);
                odds += breadth.odds(sight.seeing(), sight.usual());
                if (sight.expected() >= ENOUGH || sight.clear()) {
                    witnesses.add(sight.witness());
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
        return new Testimony(List.copyOf(witnesses), weight, weight > 0 ? sum / weight : 0, odds);
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
}

package dev.sealpost.alert.detect;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/** Tails of the negative binomial distribution, and of the beta-binomial one. */
final class Tail {
    private Tail() {}

    /**
     * The probability of at least this many events.
     *
     * @param events above 0
     * @param mean of the distribution, above 0
     * @param size the variance is mean + mean^2 / size
     * @return 0 where it is smaller than a double can be
     */
    static double atLeast(long events, double mean, double size) {
        double p = RegularizedBeta.value(mean / (mean + size), (double) events, size);
        // A continued fraction that does not converge says nothing, so it must not say "impossible".
        return Double.isNaN(p) ? 1 : Math.clamp(p, 0, 1);
    }

    /**
     * The probability of exactly this many events, if the size is 1.
     *
     * @param events 0 or more
     * @param mean of the distribution, above 0
     */
    static double geometric(long events, double mean) {
        double none = 1 / (1 + mean);
        return none * Math.pow(1 - none, (double) events);
    }

    /**
     * The probability of exactly this many events.
     *
     * @param events 0 or more
     * @param mean of the distribution, above 0
     * @param size the variance is mean + mean^2 / size
     */
    static double exactly(long events, double mean, double size) {
        double none = -size * Math.log1p(mean / size);
        double log = events == 0
                ? none
                : none
                        + events * Math.log(mean / (mean + size))
                        + LogGamma.value(events + size)
                        - LogGamma.value(size)
                        - LogGamma.value(events + 1.0);
        return Math.min(Math.exp(log), 1);
    }

    /**
     * The probability of at least so many successes, where the share of them is not known.
     *
     * @param successes of the trials
     * @param trials at most a few hundred
     * @param a of the beta distribution of the share
     * @param b of the same
     */
    static double betaBinomial(long successes, long trials, double a, double b) {
        double exactly = 1;
        for (int trial = 0; trial < trials; trial++) {
            exactly *= (b + trial) / (a + b + trial);
        }
        double sum = 0;
        for (int k = 0; k <= trials; k++) {
            sum += k >= successes ? exactly : 0;
            exactly *= (trials - k) / (k + 1.0) * (a + k) / (b + trials - k - 1);
        }
        return Math.min(sum, 1);
    }
}

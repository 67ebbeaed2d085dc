package dev.sealpost.alert.detect;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/** The tail of the negative binomial distribution. */
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
}

package dev.sealpost.alert.detect;

/**
 * What the past of a series lets expect.
 *
 * @param rate failures a session
 * @param failures that the rate rests on, the prior's included: how sure it is
 */
record Expectation(double rate, double failures) {
    /** The size of the negative binomial of a day: days differ, and the rate is not known for sure. */
    double size(double dispersion) {
        return 1 / (1 / dispersion + 1 / failures);
    }
}

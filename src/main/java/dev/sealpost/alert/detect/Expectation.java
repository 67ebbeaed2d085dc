package dev.sealpost.alert.detect;

/**
 * What the past of a series lets expect.
 *
 * @param rate failures a session
 * @param failures that the rate rests on, the prior's included: how sure it is
 */
record Expectation(double rate, double failures) {}

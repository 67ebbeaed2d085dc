package dev.sealpost.alert.detect;

/**
 * How many of those able to see a failure see it, as shares.
 *
 * @param common if it has a common cause: never all of them, for some keep a policy or use another host
 * @param few if it has not: by chance, or because they share the way of the one who reports it
 */
record Breadth(double common, double few) {
    /** A reporter's other domains: a fault of its own shows at most of them, what happens to one domain at no other. */
    static final Breadth OF_A_REPORTER = new Breadth(0.6, 0.05);

    /**
     * What one witness adds to the logarithm of the odds that the cause is common.
     *
     * @param seeing the probability of what it reports, if it sees the failure
     * @param usual the same, if it does not
     */
    double odds(double seeing, double usual) {
        return Math.log((common * seeing + (1 - common) * usual) / (few * seeing + (1 - few) * usual));
    }
}

package dev.sealpost.alert.detect;

/** How the past counts. */
final class Past {
    /** Days that are looked at, those that are judged included. */
    static final int DAYS = 112;

    private static final double HALF_LIFE = 56;
    private static final double[] WEIGHTS = new double[DAYS];

    static {
        for (int age = 0; age < DAYS; age++) {
            WEIGHTS[age] = Math.pow(2, -age / HALF_LIFE);
        }
    }

    private Past() {}

    /**
     * The weight of a day.
     *
     * @param age in days, less than {@link #DAYS}
     */
    static double weight(int age) {
        return WEIGHTS[age];
    }
}

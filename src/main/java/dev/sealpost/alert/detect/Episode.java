package dev.sealpost.alert.detect;

/**
 * Days of one series that stand out at about the same level, until the level is gone. An episode that goes on has become the
 * rule: a relay that never uses TLS, a scanner.
 */
final class Episode {
    private static final int BECOMES_THE_RULE = 7;
    private static final double GONE_SHARE = 0.2;
    private static final double GONE_SESSIONS = 10;

    private int days;
    private long failures;
    private long sessions;
    private double missed;

    /** A day that stands out. */
    void add(long failed, long all) {
        days++;
        failures += failed;
        sessions += all;
        missed = 0;
    }

    /**
     * A day that does not: enough failures that should have been there and are not end the episode.
     *
     * @return whether the day shows the level all the same
     */
    boolean goesOn(long failed, long all) {
        double due = all * level();
        boolean shown = failed > GONE_SHARE * due;
        missed = shown ? 0 : missed + due;
        return shown;
    }

    /** Whether the level is gone. */
    boolean over() {
        return missed >= GONE_SESSIONS;
    }

    /** Whether the level is the rule now. */
    boolean rule() {
        return days >= BECOMES_THE_RULE;
    }

    /** Failures a session on its days. */
    double level() {
        return sessions == 0 ? 0 : (double) failures / sessions;
    }
}

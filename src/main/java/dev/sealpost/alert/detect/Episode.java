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
    private long quietFailures;
    private long quietSessions;

    /** A day that stands out. */
    void add(long failed, long all) {
        days++;
        goOn(failed, all);
    }

    /**
     * A day that does not: enough failures that should have been there and are not end the episode.
     *
     * @return whether the day shows the level all the same
     */
    boolean goesOn(long failed, long all) {
        if (!begun()) {
            return false;
        }
        boolean shown = failed > GONE_SHARE * all * level();
        if (shown) {
            goOn(failed, all);
        } else {
            quietFailures += failed;
            quietSessions += all;
        }
        return shown;
    }

    /** Quiet days belong to it if it is not over after them: a small sender has many. */
    private void goOn(long failed, long all) {
        failures += quietFailures + failed;
        sessions += quietSessions + all;
        quietFailures = 0;
        quietSessions = 0;
    }

    /** Whether a day stood out yet. */
    boolean begun() {
        return days > 0;
    }

    /** Whether the level is gone. */
    boolean over() {
        return quietSessions * level() >= GONE_SESSIONS;
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

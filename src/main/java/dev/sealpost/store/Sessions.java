package dev.sealpost.store;

import java.util.List;

import dev.sealpost.report.Policy;

/** Successful and failed sessions, and how many reports say so. */
final class Sessions {
    final Tally successful = new Tally();
    final Tally failed = new Tally();
    private long reports;

    long reports() {
        return reports;
    }

    boolean cut() {
        return successful.cut() || failed.cut();
    }

    /** Adds what one report says; nothing if it says nothing. */
    void add(Sessions other) {
        successful.add(other.successful);
        failed.add(other.failed);
        reports += other.reports;
    }

    /** Adds the counts of one more policy of a report, which is one report all the same. */
    void addPolicy(Policy policy) {
        successful.add(policy.totalSuccessfulSessionCount());
        failed.add(policy.totalFailureSessionCount());
        reports = 1;
    }

    /**
     * The session estimate of one report and domain: a session may stand under sts and under tlsa (RFC 8460, section 4.4
     * allows it, Microsoft does it), never under two policies of other types.
     */
    static Sessions estimate(Sessions sts, Sessions tlsa, List<Sessions> others) {
        Sessions estimate = new Sessions();
        estimate.successful.add(Tally.larger(sts.successful, tlsa.successful));
        estimate.failed.add(Tally.larger(sts.failed, tlsa.failed));
        for (Sessions other : others) {
            estimate.successful.add(other.successful);
            estimate.failed.add(other.failed);
        }
        estimate.reports = 1;
        return estimate;
    }
}

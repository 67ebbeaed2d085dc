package dev.sealpost.alert.detect;

/**
 * Whether bad days could pass by themselves. Rates jump for a day, by a hundred times and more, at every reporter now and then;
 * and name servers and policy hosts fail for an hour. Neither comes twice in a row, save that what jumps often does so now and
 * then.
 */
final class Hiccup {
    /** A jump goes up to this many times the usual rate, and varies about it. */
    private static final double JUMP = 150;

    private static final double JUMP_SIZE = 1.5;
    private static final double PLAUSIBLE = 0.01;
    /** Types that come and go jump some ten times as often as others. */
    private static final double PLAUSIBLE_OFTEN = 0.001;

    private static final double PLAUSIBLE_TWICE = 0.1;
    private static final int ONCE = 1;
    private static final int TWICE = 2;
    private static final double NEARLY_ALL = 0.9;

    /** An hour's fault, or a few, spoils no more of a day's sessions. */
    private static final double MOST_OF_A_DAY = 0.3;

    private static final double WITNESSES_HERE = 2;
    private static final double WITNESSES_ELSEWHERE = 6;
    /** Policies are cached, so that those who see nothing prove less. */
    private static final int WITNESSES_OF_A_POLICY = 5;

    private Hiccup() {}

    static boolean possible(Candidate candidate, Testimony reporters, Testimony domains) {
        boolean passing = TypeModel.of(candidate.type()).passing();
        int days = candidate.supportingDays();
        if (days > ONCE) {
            return days == TWICE && passing && !candidate.overDays() && jumps(candidate);
        }
        if (!candidate.overDays()
                && (passing || candidate.excess() < NEARLY_ALL)
                && jump(candidate, candidate.day()) > (passing ? PLAUSIBLE_OFTEN : PLAUSIBLE)) {
            return true;
        }
        return passing && (surely(candidate) < MOST_OF_A_DAY || !onlyHere(candidate, reporters, domains));
    }

    private static boolean jumps(Candidate candidate) {
        return candidate.recentDays().allMatch(day -> jump(candidate, day) > PLAUSIBLE_TWICE);
    }

    /** The probability that a jump takes a day so high. */
    private static double jump(Candidate candidate, long day) {
        long failed = candidate.history().failures(candidate.type(), day);
        long sessions = candidate.history().sessions(day);
        double mean = Math.clamp(JUMP * candidate.rate() * sessions, 1e-12, Math.max((double) sessions, 1));
        // The usual rate is not known for sure either.
        double size = candidate.expectation().size(JUMP_SIZE);
        return failed == 0 ? 1 : Tail.atLeast(failed, mean, size);
    }

    /** The share of failing sessions, less three standard errors. */
    private static double surely(Candidate candidate) {
        long sessions = Math.max(candidate.history().sessions(candidate.day()), 1);
        double share = (double) candidate.history().failures(candidate.type(), candidate.day()) / sessions;
        return share - candidate.rate() - 3 * Math.sqrt(share * (1 - Math.min(share, 0.95)) / sessions);
    }

    private static boolean onlyHere(Candidate candidate, Testimony reporters, Testimony domains) {
        int needed = Family.of(candidate.type()) == Family.POLICY ? WITNESSES_OF_A_POLICY : 1;
        return reporters.witnesses().size() >= needed
                && reporters.weight() >= WITNESSES_HERE
                && reporters.agreement() <= 0.2
                && domains.weight() >= WITNESSES_ELSEWHERE
                && domains.agreement() <= 0.1;
    }
}

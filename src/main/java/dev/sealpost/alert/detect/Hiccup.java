package dev.sealpost.alert.detect;

/**
 * Whether one bad day could pass by itself. Rates jump for a day, by a hundred times and more, at every reporter now and then;
 * and name servers and policy hosts fail for an hour. Neither comes twice in a row.
 */
final class Hiccup {
    /** A jump goes up to this many times the usual rate, and varies about it. */
    private static final double JUMP = 150;

    private static final double JUMP_SIZE = 1.5;
    private static final double PLAUSIBLE = 0.01;
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
        if (!candidate.overDays() && (passing || candidate.excess() < NEARLY_ALL) && jump(candidate)) {
            return true;
        }
        return passing && (surely(candidate) < MOST_OF_A_DAY || !onlyHere(candidate, reporters, domains));
    }

    private static boolean jump(Candidate candidate) {
        long failed = candidate.history().failures(candidate.type(), candidate.day());
        long sessions = candidate.history().sessions(candidate.day());
        double mean = Math.clamp(JUMP * candidate.rate() * sessions, 1e-12, Math.max((double) sessions, 1));
        // The usual rate is not known for sure either.
        double size = candidate.expectation().size(JUMP_SIZE);
        return failed == 0 || Tail.atLeast(failed, mean, size) > PLAUSIBLE;
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

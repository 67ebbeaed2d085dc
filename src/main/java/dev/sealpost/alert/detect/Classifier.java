package dev.sealpost.alert.detect;

import java.util.Set;

/** Tells by what others see what a candidate probably is. */
final class Classifier {
    private static final double KNOWN_ELSEWHERE = 6;

    /** An attack on one domain shows at no other: a quarter of the other domains cannot be chance. */
    private static final double ELSEWHERE = 0.25;

    private static final double LITTLE_KNOWN = 2;
    private static final double MOSTLY = 0.45;

    /** The logarithm of odds that are beyond doubt: two small domains that see it, and hardly one that does not. */
    private static final double NO_DOUBT = 4;

    private static final int SEEING = 2;

    private final Set<String> formerHosts;

    /** Knows the MX hostnames that the domain gave up. */
    Classifier(Set<String> formerHosts) {
        this.formerHosts = formerHosts;
    }

    AlertKind kind(Candidate candidate, Testimony reporters, Testimony domains) {
        TypeModel model = TypeModel.of(candidate.type());
        if (!model.forgeable()) {
            return AlertKind.MISCONFIGURATION;
        }
        if (reporters.odds() > 0) {
            return AlertKind.GLOBAL;
        }
        if (seenElsewhere(domains)) {
            return model.egress() ? AlertKind.EGRESS : AlertKind.SENDER_FAULT;
        }
        if (Hiccup.possible(candidate, reporters, domains)) {
            return AlertKind.TRANSIENT;
        }
        return namesFormerHost(candidate) ? AlertKind.STALE_DNS : AlertKind.ATTACK;
    }

    private static boolean seenElsewhere(Testimony domains) {
        boolean share =
                domains.weight() >= KNOWN_ELSEWHERE && domains.agreement() >= ELSEWHERE && domains.seeing() >= SEEING;
        // A small reporter has few domains to tell by; then nearly half of what they know is asked for.
        return share
                || (domains.weight() >= LITTLE_KNOWN && domains.agreement() >= MOSTLY)
                || domains.odds() > NO_DOUBT;
    }

    private boolean namesFormerHost(Candidate candidate) {
        return candidate.history().failed(candidate.type(), candidate.day()).hosts().stream()
                .anyMatch(formerHosts::contains);
    }
}

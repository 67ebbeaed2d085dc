package dev.sealpost.alert.detect;

import java.util.Set;

import dev.sealpost.report.ResultType;

/** How urgent a finding is. */
final class Urgency {
    /** What an attacker on the way shows when he reads along. */
    private static final Set<ResultType> INTERCEPTION = Set.of(
            ResultType.STARTTLS_NOT_SUPPORTED,
            ResultType.CERTIFICATE_HOST_MISMATCH,
            ResultType.CERTIFICATE_NOT_TRUSTED,
            ResultType.STS_WEBPKI_INVALID,
            ResultType.TLSA_INVALID);

    private static final int DOMAINS_OF_A_NETWORK = 3;

    private Urgency() {}

    static Severity of(AlertKind kind, Candidate candidate, Testimony domains, PolicyMode mode) {
        if (!candidate.history().verified()) {
            // Anybody can send such reports.
            return Severity.LOW;
        }
        Severity severity = plain(kind, candidate, domains, mode);
        return exposed(candidate, mode) ? severity.raised() : severity;
    }

    /** Whether messages went out unprotected: nothing held them back. */
    static boolean exposed(Candidate candidate, PolicyMode mode) {
        Family family = Family.of(candidate.type());
        return mode.delivers() && (family == Family.STARTTLS || family == Family.CERTIFICATE);
    }

    private static Severity plain(AlertKind kind, Candidate candidate, Testimony domains, PolicyMode mode) {
        double excess = candidate.failures() - candidate.expected();
        boolean strong = INTERCEPTION.contains(candidate.type()) && candidate.excess() >= 0.2 && excess >= 20;
        return switch (kind) {
            case EGRESS -> strong || domains.seeing() >= DOMAINS_OF_A_NETWORK - 1 ? Severity.CRITICAL : Severity.HIGH;
            case ATTACK ->
                strong
                        ? Severity.CRITICAL
                        : candidate.excess() >= 0.05 || excess >= 100 ? Severity.HIGH : Severity.MEDIUM;
            case GLOBAL -> global(candidate, mode);
            case MISCONFIGURATION -> Severity.MEDIUM;
            case TRANSIENT, STALE_DNS, SENDER_FAULT -> Severity.LOW;
        };
    }

    private static Severity global(Candidate candidate, PolicyMode mode) {
        if (candidate.type().equals(ResultType.STARTTLS_NOT_SUPPORTED) && candidate.observedRate() >= 0.8) {
            return Severity.CRITICAL;
        }
        return mode == PolicyMode.ENFORCE && candidate.excess() >= 0.5 ? Severity.HIGH : Severity.MEDIUM;
    }
}

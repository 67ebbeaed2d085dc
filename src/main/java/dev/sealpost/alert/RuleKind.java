package dev.sealpost.alert;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a rule may be about. */
enum RuleKind {
    /** Failures of certain types, at one reporter or at several on the same day. */
    FAILURE(false),
    /** The share of all sessions of a domain's day that failed. */
    FAILURE_RATE(false),
    /** A result type that the domain did not have before. */
    FIRST_FAILURE(false),
    /** A reporter who reported almost daily does not any more. */
    REPORTER_SILENT(true),
    /** Nobody reports about a domain any more. */
    DOMAIN_SILENT(true),
    /** Reports about domains that nobody claimed. */
    UNCLAIMED_FLOOD(true),
    /** A mailbox cannot be read. */
    MAILBOX_FAILING(true);

    private final boolean byTimer;

    RuleKind(boolean byTimer) {
        this.byTimer = byTimer;
    }

    /** Whether it is noticed by the clock, and not by a report that comes. */
    boolean byTimer() {
        return byTimer;
    }

    /** Whether it is about the installation and not about a domain. */
    boolean ofInstallation() {
        return this == UNCLAIMED_FLOOD || this == MAILBOX_FAILING;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The names of all. */
    static List<String> labels() {
        return Arrays.stream(values()).map(RuleKind::label).toList();
    }

    static Optional<RuleKind> of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }
}

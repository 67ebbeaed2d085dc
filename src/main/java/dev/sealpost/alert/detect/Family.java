package dev.sealpost.alert.detect;

import java.util.Locale;

import dev.sealpost.report.ResultType;

/**
 * Result types by which different reporters name one and the same fault: whether others see a failure is asked for the
 * family, and an incident is about one.
 */
public enum Family {
    STARTTLS(0.9, 0.2),
    CERTIFICATE(0.9, 0.2),
    DANE(0.9, 0.2),
    /** Reporters keep MTA-STS policies for days (RFC 8461, section 3.2), so fewer of them see what happens to the policy host. */
    POLICY(0.6, 0.05),
    /** Types that are not registered. */
    OTHER(0.9, 0.2);

    private final double common;
    private final double few;

    Family(double common, double few) {
        this.common = common;
        this.few = few;
    }

    /** How many of a domain's other reporters see what one of them sees. */
    Breadth breadth() {
        return new Breadth(common, few);
    }

    /** The name in the API, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The family of a result type. */
    public static Family of(ResultType type) {
        return switch (type.resultClass()) {
            case STARTTLS -> STARTTLS;
            // Some senders call every certificate fault validation-failure.
            case CERTIFICATE, VALIDATION -> CERTIFICATE;
            case DANE -> DANE;
            case STS -> POLICY;
            case OTHER -> OTHER;
        };
    }
}

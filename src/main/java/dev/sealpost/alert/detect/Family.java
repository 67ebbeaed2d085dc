package dev.sealpost.alert.detect;

import java.util.Locale;

import dev.sealpost.report.ResultType;

/**
 * Result types by which different reporters name one and the same fault: whether others see a failure is asked for the
 * family, and an incident is about one.
 */
public enum Family {
    STARTTLS(0.5),
    CERTIFICATE(0.5),
    DANE(0.5),
    /** Reporters keep MTA-STS policies for days (RFC 8461, section 3.2), so fewer of them see an outage of the policy host. */
    POLICY(0.33),
    /** Types that are not registered. */
    OTHER(0.5);

    private final double breadth;

    Family(double breadth) {
        this.breadth = breadth;
    }

    /** The share of those able to see a failure that must see it before it is common to all. */
    double breadth() {
        return breadth;
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

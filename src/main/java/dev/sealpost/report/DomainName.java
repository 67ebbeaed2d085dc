package dev.sealpost.report;

import java.util.EnumSet;
import java.util.Optional;

/**
 * A domain in lower-case A-label form without a trailing dot (RFC 8460, section 4.4), at most 253 characters.
 *
 * @param value the name
 */
public record DomainName(String value) implements Comparable<DomainName> {
    public DomainName {
        if (value.isEmpty() || value.length() > Limits.MAX_DOMAIN_CHARS) {
            throw new IllegalArgumentException("a domain has 1 to 253 characters");
        }
    }

    /** The domain that a person or a setting names: any case, U-labels, a trailing dot; empty if it is none. */
    public static Optional<DomainName> parse(String text) {
        return Optional.ofNullable(DomainText.domain(text, EnumSet.noneOf(Flag.class), new Attempts()));
    }

    @Override
    public int compareTo(DomainName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

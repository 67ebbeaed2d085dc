package dev.sealpost.report;

import java.util.Objects;

/**
 * The kind of policy that was applied (RFC 8460, section 4.4). Types the standard does not know are kept.
 *
 * @param value lower case
 */
public record PolicyType(String value) {
    public static final PolicyType STS = new PolicyType("sts");
    public static final PolicyType TLSA = new PolicyType("tlsa");
    public static final PolicyType NO_POLICY_FOUND = new PolicyType("no-policy-found");

    public PolicyType {
        Objects.requireNonNull(value, "value");
    }

    /** Whether this is one of the three types of RFC 8460. */
    public boolean registered() {
        return equals(STS) || equals(TLSA) || equals(NO_POLICY_FOUND);
    }

    /** The type with this lower-case name; the registered ones are shared instances. */
    static PolicyType of(String lowerCase) {
        return switch (lowerCase) {
            case "sts" -> STS;
            case "tlsa" -> TLSA;
            case "no-policy-found" -> NO_POLICY_FOUND;
            default -> new PolicyType(lowerCase);
        };
    }
}

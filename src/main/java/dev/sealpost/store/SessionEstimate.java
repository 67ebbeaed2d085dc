package dev.sealpost.store;

/**
 * The session estimate of one domain within one report, as SQL: max(sts, tlsa) + everything else, for successes and
 * failures each.
 */
final class SessionEstimate {
    private SessionEstimate() {}

    /** An aggregate over the policies of one report and domain; numeric, so it cannot overflow. */
    static String of(String sessions, String policyType) {
        return """
                greatest(coalesce(sum(%1$s) FILTER (WHERE %2$s = 'sts'), 0),
                         coalesce(sum(%1$s) FILTER (WHERE %2$s = 'tlsa'), 0))
                + coalesce(sum(%1$s) FILTER (WHERE %2$s NOT IN ('sts', 'tlsa')), 0)""".formatted(sessions, policyType);
    }
}

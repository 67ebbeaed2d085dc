package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.List;

/**
 * A day on which a rule holds.
 *
 * @param domain empty where it is about the installation
 * @param organization as compared; empty where it is about no single reporter
 * @param name as the reporter writes itself
 * @param resultType empty where it is about no failures
 * @param text what it saw, in plain words
 * @param types failures by result type, where the rule is about all of them; else empty
 */
record RuleHit(
        Rule rule,
        String domain,
        String organization,
        String name,
        String resultType,
        boolean verified,
        LocalDate day,
        long failures,
        long sessions,
        String text,
        List<Proof.Place> types) {

    RuleHit {
        types = List.copyOf(types);
    }

    /** What belongs to one alert. */
    String key() {
        return "rule " + rule.id() + "\n" + domain;
    }

    Proof proof() {
        return new Proof(
                failures,
                sessions,
                null,
                null,
                null,
                1,
                day,
                day,
                verified,
                false,
                "unknown",
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                false,
                text,
                rule.kind().label(),
                types.isEmpty() ? null : types,
                null);
    }
}

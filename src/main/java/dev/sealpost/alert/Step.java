package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a round adds to an alert.
 *
 * @param alert of its key and first day
 * @param novelty how new it is
 * @param frame what all of the alert have in common
 * @param part what is added
 */
record Step(UUID alert, Novelty novelty, Frame frame, Part part) {
    /** How new it is; the later ones are told. */
    enum Novelty {
        CONTINUED,
        JOINED,
        ESCALATED,
        OPENED
    }

    /**
     * What all of an alert have in common.
     *
     * @param key what belongs together
     * @param place the policy domain or the reporter; null for what is about Sealpost itself
     * @param reporter whether the place is a reporter
     * @param family of the result types; empty where there are none
     * @param rule that made it; null for the detector
     * @param tenant of the rule, if it is for one alone
     */
    record Frame(
            String key,
            @Nullable String place,
            boolean reporter,
            String family,
            boolean hostile,
            boolean verified,
            @Nullable UUID rule,
            @Nullable String tenant) {}

    /**
     * What is added.
     *
     * @param organization the reporter as compared; empty if there is none
     * @param name as it writes itself
     * @param resultType empty if there is none
     * @param proof JSON; see {@link Proof}
     */
    record Part(
            String domain,
            String organization,
            String name,
            String resultType,
            String kind,
            String severity,
            LocalDate day,
            double rate,
            String proof) {}
}

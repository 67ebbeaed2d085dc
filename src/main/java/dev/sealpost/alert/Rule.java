package dev.sealpost.alert;

import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A rule that a person made, beside the detector.
 *
 * @param tenant whose domains it is for; null is all
 */
record Rule(UUID id, @Nullable String tenant, RuleKind kind, Terms terms) {

    /** What a rule says; what is absent has a value by default. */
    @Schema(name = "AlertRuleTerms")
    record Terms(
            @Schema(description = "For people; null if it has no name") @Nullable
            String name,

            @Schema(
                    description = "What it is about",
                    enumeration = {
                        "failure",
                        "failure-rate",
                        "first-failure",
                        "reporter-silent",
                        "domain-silent",
                        "unclaimed-flood",
                        "mailbox-failing"
                    })
            @Nullable
            String kind,

            @Schema(description = "Whether it is on; null is on") @Nullable
            Boolean enabled,

            @Schema(
                    description =
                            "The only tenant it is for; a caller of a tenant makes rules for that alone; null is all")
            @Nullable
            String tenant,

            @Schema(description = "Its alerts' severity; null is medium") @Nullable
            String severity,

            @Schema(description = "The only domains it is for; null or empty is all") @Nullable
            List<String> domains,

            @Schema(description = "The result types it is for; null or empty is all") @Nullable
            List<String> resultTypes,

            @Schema(description = "Whether reports of unknown senders count too; null is no") @Nullable
            Boolean unverified,

            @Schema(description = "Failures of a reporter's day, at least; null is 1") @Nullable
            Long failures,

            @Schema(description = "Reporters on one day, at least; null is 1") @Nullable
            Integer reporters,

            @Schema(description = "Sessions of a day, at least; null is 20") @Nullable
            Long sessions,

            @Schema(description = "Failed of all sessions, 0 to 1, more than; null is 0.05") @Nullable
            Double rate,

            @Schema(description = "Days of silence, or hours for a mailbox; null is 3") @Nullable
            Integer days,

            @Schema(description = "Stored reports of unclaimed domains in a day, at least; null is 1000") @Nullable
            Long reports) {

        /** The same for these domains and this tenant. */
        Terms of(@Nullable List<String> named, @Nullable String whose) {
            return new Terms(
                    name,
                    kind,
                    enabled,
                    whose,
                    severity,
                    named,
                    resultTypes,
                    unverified,
                    failures,
                    reporters,
                    sessions,
                    rate,
                    days,
                    reports);
        }
    }

    boolean enabled() {
        return terms.enabled == null || terms.enabled;
    }

    String severity() {
        return terms.severity == null ? "medium" : terms.severity;
    }

    boolean counts(boolean verified) {
        return verified || Boolean.TRUE.equals(terms.unverified);
    }

    /** The only domains it is for; empty is all. */
    List<String> domains() {
        return terms.domains == null ? List.of() : terms.domains;
    }

    boolean namesDomains() {
        return !domains().isEmpty();
    }

    boolean isFor(String domain) {
        return !namesDomains() || domains().contains(domain);
    }

    boolean isForType(String type) {
        return terms.resultTypes == null || terms.resultTypes.isEmpty() || terms.resultTypes.contains(type);
    }

    long failures() {
        return terms.failures == null ? 1 : terms.failures;
    }

    int reporters() {
        return terms.reporters == null ? 1 : terms.reporters;
    }

    long sessions() {
        return terms.sessions == null ? 20 : terms.sessions;
    }

    double rate() {
        return terms.rate == null ? 0.05 : terms.rate;
    }

    int days() {
        return terms.days == null ? 3 : terms.days;
    }

    long reports() {
        return terms.reports == null ? 1_000 : terms.reports;
    }
}

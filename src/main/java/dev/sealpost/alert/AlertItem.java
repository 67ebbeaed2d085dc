package dev.sealpost.alert;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An alert as somebody sees it. */
@Schema(name = "Alert", description = "An alert, as far as the caller sees its domains")
record AlertItem(
        UUID id,

        @Schema(
                description = "What it probably is",
                enumeration = {
                    "attack",
                    "egress",
                    "global",
                    "misconfiguration",
                    "sender-fault",
                    "stale-dns",
                    "transient",
                    "rule"
                })
        String kind,

        @Schema(
                description = "How urgent",
                enumeration = {"critical", "high", "medium", "low"})
        String severity,

        @Schema(
                description = "Where it is in its life",
                enumeration = {"open", "acknowledged", "resolved", "withdrawn"})
        String state,

        @Schema(description = "Whether a silence keeps the caller's channels from being told")
        boolean silenced,

        @Schema(description = "The only domain it is about; null if there are several or none") @Nullable
        String domain,

        @Schema(description = "The domains it is about, at most a hundred of them")
        List<String> domains,

        @Schema(description = "How many domains it is about")
        long domainCount,

        @Schema(description = "The only reporter it rests on; null if there are several or none") @Nullable
        String organization,

        @Schema(description = "The reporters it rests on, at most a hundred of them")
        List<String> organizations,

        @Schema(description = "How sessions failed; null if a rule is about no failures") @Nullable
        String resultType,

        @Schema(description = "The family of result types; null if a rule is about no failures") @Nullable
        String family,

        @Schema(description = "Its first report day") LocalDate openedDay,
        @Schema(description = "Its last report day") LocalDate lastDay,
        @Schema(description = "When it was found") Instant opened,
        @Schema(description = "When it changed last") Instant updated,

        @Schema(description = "When it ended; null while it has not") @Nullable
        Instant resolved,

        @Schema(description = "Whether another report of equal rank says otherwise")
        boolean contested,

        @Schema(description = "Whether reports about its last day may still come")
        boolean provisional,

        @Schema(description = "The rule that made it; null for what the detector found") @Nullable
        UUID rule,

        @Schema(description = "One line in plain words") String subject,

        @Schema(description = "What happened, what it probably is, and what to check first")
        String text,

        @Schema(description = "What it rests on") Evidence evidence) {

    /**
     * What an alert rests on.
     *
     * @param series at most a hundred
     */
    @Schema(name = "AlertProof")
    record Evidence(
            @Schema(description = "What single reporters say of single domains, at most a hundred")
            List<SeriesItem> series) {}

    /** What one reporter says of one domain. */
    @Schema(name = "AlertSeries")
    record SeriesItem(
            String domain,

            @Schema(description = "The reporter; null if a rule is about none") @Nullable
            String organization,

            @Schema(description = "How sessions failed; null if a rule is about no failures") @Nullable
            String resultType,

            @Schema(description = "First day with findings") LocalDate firstDay,
            @Schema(description = "Last day with findings") LocalDate lastDay,
            @Schema(description = "What it probably is") String kind,
            @Schema(description = "How urgent") String severity,

            @Schema(description = "False if what came later explains it")
            boolean live,

            @Schema(description = "The numbers") Proof proof) {}
}

package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a series of an alert rests on, in numbers: kept as JSON, and shown so.
 *
 * @param failures sessions that failed in the window
 * @param sessions in the window
 * @param expected failures, by the past of the series; null for rules
 * @param p how improbable the failures are without a cause; null for rules
 * @param pastDays report days that the expectation rests on
 * @param window days the failures were summed over, the last one being {@code day}
 * @param day the last report day of the window
 * @param since the first day of the window that shows it
 * @param verified whether it is known who sent the reports
 * @param exposed whether the messages probably went out unprotected instead of being held
 * @param mode of the domain's policy: enforce, testing, none or unknown
 * @param reporters other reporters of the domain; null for rules
 * @param domains other domains of the reporter; null for rules
 * @param networks of the senders that were named, most failures first
 * @param hosts receiving MX hosts that were named, most failures first
 * @param provenances of the reports, the best first
 * @param contested whether another report of equal rank says otherwise
 * @param rule what a rule saw, in plain words; null for what the detector found
 * @param ruleKind what the rule is about; null for what the detector found
 * @param types result types of the failures, most first, where a rule is about all of them; else null
 * @param brief true if it has the numbers alone, for a later finding of the series was proved in detail; else null. Not shown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AlertEvidence", description = "What a series of an alert rests on, in numbers")
record Proof(
        @Schema(description = "Sessions that failed in the window")
        long failures,

        @Schema(description = "Sessions in the window") long sessions,

        @Schema(description = "Failures by the past of the series; absent for rules") @Nullable
        Double expected,

        @Schema(description = "How improbable the failures are without a cause; absent for rules") @Nullable
        Double p,

        @Schema(description = "Report days of the reporter about the domain that expected rests on; absent for rules")
        @Nullable
        Integer pastDays,

        @Schema(description = "Days that were summed up, the last one being day")
        int window,

        @Schema(description = "The last report day of the window")
        LocalDate day,

        @Schema(description = "The first day of the window that shows it")
        LocalDate since,

        @Schema(description = "Whether it is known who sent the reports")
        boolean verified,

        @Schema(description = "Whether the messages probably went out unprotected instead of being held")
        boolean exposed,

        @Schema(description = "Of the domain's MTA-STS policy: enforce, testing, none or unknown")
        String mode,

        @Schema(description = "Other reporters of the domain; absent for rules") @Nullable
        Witnesses reporters,

        @Schema(description = "Other domains of the reporter; absent for rules") @Nullable
        Witnesses domains,

        @Schema(description = "Sending networks that were named, most failures first")
        List<Place> networks,

        @Schema(description = "Receiving MX hosts that were named, most failures first")
        List<Place> hosts,

        @Schema(description = "Of the reports, the best first")
        List<String> provenances,

        @Schema(description = "Whether another report of equal rank says otherwise")
        boolean contested,

        @Schema(description = "What a rule saw, in plain words; absent for what the detector found") @Nullable
        String rule,

        @Schema(description = "What the rule is about; absent for what the detector found") @Nullable
        String ruleKind,

        @Schema(description = "Failures by result type, most first; of rules about all failures alone") @Nullable
        List<Place> types,

        @Schema(hidden = true) @Nullable Boolean brief) {

    private static final LocalDate UNKNOWN = LocalDate.EPOCH;

    /** What is missing in a row is nothing: an alert is told even if its evidence was lost. */
    Proof {
        day = day == null ? UNKNOWN : day;
        since = since == null ? day : since;
        mode = mode == null ? "unknown" : mode;
        networks = networks == null ? List.of() : networks;
        hosts = hosts == null ? List.of() : hosts;
        provenances = provenances == null ? List.of() : provenances;
    }

    /** Nothing but the days. */
    static Proof unknown(LocalDate first, LocalDate last, boolean verified) {
        return new Proof(
                0, 0, null, null, null, 1, last, first, verified, false, "unknown", null, null, List.of(), List.of(),
                List.of(), false, null, null, null, null);
    }

    /** The same of these days, if it does not know its own. */
    Proof within(LocalDate first, LocalDate last) {
        return day.equals(UNKNOWN)
                ? new Proof(
                        failures,
                        sessions,
                        expected,
                        p,
                        pastDays,
                        window,
                        last,
                        first,
                        verified,
                        exposed,
                        mode,
                        reporters,
                        domains,
                        networks,
                        hosts,
                        provenances,
                        contested,
                        rule,
                        ruleKind,
                        types,
                        brief)
                : this;
    }

    /** A network, a host or a result type, and the failures it was named with. */
    @Schema(name = "AlertPlace")
    record Place(
            @Schema(description = "The network, the host or the result type")
            String name,

            @Schema(description = "Failures it was named with")
            long failed) {}

    /**
     * Others who had enough traffic to see the same.
     *
     * @param asked how many there are
     * @param seeing how many of them see it
     * @param named some of them
     */
    @Schema(name = "AlertWitnesses", description = "Others who had enough traffic to see the same")
    record Witnesses(
            @Schema(description = "How many there are") long asked,
            @Schema(description = "How many of them see it") long seeing,

            @Schema(description = "Some of them, of domains those that the caller sees")
            List<Named> named) {
        Witnesses {
            named = named == null ? List.of() : named;
        }

        /** The same without some names; the counts stay. */
        Witnesses only(Predicate<String> seen) {
            return new Witnesses(
                    asked,
                    seeing,
                    named.stream().filter(each -> seen.test(each.name)).toList());
        }
    }

    /**
     * One of them.
     *
     * @param name a reporter, or a domain
     * @param failures of the family
     */
    @Schema(name = "AlertWitness")
    record Named(
            @Schema(description = "A reporter, or a domain") String name,

            @Schema(description = "Its sessions in the window")
            long sessions,

            @Schema(description = "Its failures of the family in the window")
            long failures,

            @Schema(description = "Whether it sees the same")
            boolean sees) {}

    /** The share of sessions that failed, 0 to 1. */
    double rate() {
        return (double) failures / Math.max(sessions, 1);
    }

    /** As somebody is shown it: with none but these other domains by name. */
    Proof seenBy(Predicate<String> seen) {
        return new Proof(
                failures,
                sessions,
                expected,
                p,
                pastDays,
                window,
                day,
                since,
                verified,
                exposed,
                mode,
                reporters,
                domains == null ? null : domains.only(seen),
                networks,
                hosts,
                provenances,
                contested,
                rule,
                ruleKind,
                types,
                null);
    }
}

package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sealpost.store.FailurePlaces;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a series of an alert rests on, in numbers: kept as JSON, and shown so.
 *
 * @param failures sessions that failed in the window
 * @param sessions in the window
 * @param expected failures, by the past of the series; null for rules
 * @param p how improbable the failures are without a cause; null for rules
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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AlertEvidence", description = "What a series of an alert rests on, in numbers")
record Proof(
        long failures,
        long sessions,
        @Nullable Double expected,
        @Nullable Double p,
        int window,
        LocalDate day,
        LocalDate since,
        boolean verified,
        boolean exposed,
        String mode,
        @Nullable Witnesses reporters,
        @Nullable Witnesses domains,
        List<FailurePlaces.Named> networks,
        List<FailurePlaces.Named> hosts,
        List<String> provenances,
        boolean contested,
        @Nullable String rule) {

    /**
     * Others who had enough traffic to see the same.
     *
     * @param asked how many there are
     * @param seeing how many of them see it
     * @param named some of them
     */
    @Schema(name = "AlertWitnesses", description = "Others who had enough traffic to see the same")
    record Witnesses(long asked, long seeing, List<Named> named) {
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
    record Named(String name, long sessions, long failures, boolean sees) {}

    /** The share of sessions that failed, 0 to 1. */
    double rate() {
        return (double) failures / Math.max(sessions, 1);
    }

    /** The same, with none but these other domains by name. */
    Proof seenBy(Predicate<String> seen) {
        return new Proof(
                failures,
                sessions,
                expected,
                p,
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
                rule);
    }
}

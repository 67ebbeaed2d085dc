package dev.sealpost.alert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.sealpost.store.AlertRow;
import org.jspecify.annotations.Nullable;

/**
 * What nobody wants to hear of for a while. What is absent is no limit.
 *
 * @param tenant whose channels are silent; null is everybody's
 * @param until when it ends
 * @param terms what it is for
 */
record Silence(
        UUID id,
        @Nullable String tenant,
        Instant created,
        Instant until,
        Terms terms) {

    /** What a silence is for; members that are absent are no limit. */
    record Terms(
            @Nullable List<String> domains,
            @Nullable String organization,
            @Nullable String kind,
            @Nullable String family,
            @Nullable String severity,
            @Nullable String comment) {}

    /**
     * Whether it holds for an alert, as somebody sees it.
     *
     * @param whose the tenant whose channels are to be told; null is the operator's
     */
    boolean holds(Story story, @Nullable String whose, Instant now) {
        AlertRow alert = story.alert();
        return (tenant == null || tenant.equals(whose))
                && now.isBefore(until)
                && among(terms.domains, story)
                && (terms.organization == null
                        || story.reporters().stream().allMatch(terms.organization::equalsIgnoreCase))
                && is(terms.kind, alert.kind())
                && is(terms.family, alert.family())
                && is(terms.severity, alert.severity());
    }

    /** All of them: an alert that grew beyond the silent domains is heard. */
    private static boolean among(@Nullable List<String> wanted, Story story) {
        List<String> domains = story.named();
        return wanted == null
                || wanted.isEmpty()
                || (!domains.isEmpty() && domains.size() == story.domains() && wanted.containsAll(domains));
    }

    private static boolean is(@Nullable String wanted, String value) {
        return wanted == null || wanted.equals(value);
    }
}

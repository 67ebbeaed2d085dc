package dev.sealpost.alert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.sealpost.store.AlertRow;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What nobody wants to hear of for a while. What is absent is no limit.
 *
 * @param tenant whose channels are silent; null is everybody's
 * @param until when it ends
 * @param terms what it is for
 */
record Silence(UUID id, @Nullable String tenant, Instant created, Instant until, Terms terms) {

    /** What a silence is for; members that are absent are no limit. */
    @Schema(name = "SilenceScope")
    record Terms(
            @Schema(description = "All domains of an alert must be among them; null or empty is any") @Nullable
            List<String> domains,

            @Schema(description = "The only reporter; null is any") @Nullable
            String organization,

            @Schema(description = "The kind of alert; null is any") @Nullable
            String kind,

            @Schema(description = "The family of result types; null is any") @Nullable
            String family,

            @Schema(description = "The severity; null is any") @Nullable
            String severity,

            @Schema(description = "Why, for people; null if nobody said") @Nullable
            String comment) {}

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
                && only(terms.organization, story)
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

    /** All that is reported, as far as all is known: of very many series some are in the story, and the others may say more. */
    private static boolean only(@Nullable String reporter, Story story) {
        return reporter == null
                || (!story.parts().isEmpty()
                        && story.parts().size() < AlertViews.NAMED
                        && story.parts().stream().allMatch(part -> reporter.equalsIgnoreCase(part.reporter())));
    }

    private static boolean is(@Nullable String wanted, String value) {
        return wanted == null || wanted.equals(value);
    }
}

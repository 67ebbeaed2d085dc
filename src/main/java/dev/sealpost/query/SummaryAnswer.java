package dev.sealpost.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import dev.sealpost.store.Filter;
import dev.sealpost.store.Summary;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code /summary} answers. */
@Schema(description = "The numbers at a glance, beside those of as many days before")
record SummaryAnswer(
        @Schema(description = "First UTC day") LocalDate from,
        @Schema(description = "Last UTC day, included") LocalDate to,

        @Schema(description = "Successful sessions: the estimate, or as reported where policyType is asked for")
        long successfulSessions,

        @Schema(description = "Failed sessions, counted likewise")
        long failedSessions,

        @Schema(description = "Failed of all, 0 to 1; null without sessions") @Nullable
        Double failureRate,

        Previous previous,

        @Schema(description = "The five result types with most occurrences in failure details, most first")
        List<TopResultType> topResultTypes,

        @Schema(description = "The five reporters with most failed sessions, most first")
        List<TopOrganization> topOrganizations,

        @Schema(description = "When the newest report about the last day with reports came; null without reports")
        @Nullable
        Instant lastReport,

        @Schema(description = "Open alerts by their severity; a severity without any is absent")
        Map<String, Long> openAlerts) {

    @Schema(name = "PreviousPeriod", description = "As many days, right before")
    record Previous(
            LocalDate from,
            LocalDate to,
            long successfulSessions,
            long failedSessions,
            @Nullable Double failureRate) {}

    @Schema(name = "TopResultType")
    record TopResultType(
            @Schema(examples = "starttls-not-supported") String resultType,

            @Schema(description = "Occurrences in failure details")
            long failedSessions) {}

    @Schema(name = "TopOrganization")
    record TopOrganization(
            @Schema(examples = "Google Inc.") String organization,
            long successfulSessions,
            long failedSessions,

            @Schema(description = "Failed of all, 0 to 1; null without sessions") @Nullable
            Double failureRate) {}

    static SummaryAnswer of(Filter filter, Filter before, Summary summary, Map<String, Long> openAlerts) {
        Summary.Sums sums = summary.sessions();
        Summary.Sums previous = summary.previous();
        return new SummaryAnswer(
                filter.from(),
                filter.to(),
                sums.successful(),
                sums.failed(),
                sums.rate(),
                new Previous(before.from(), before.to(), previous.successful(), previous.failed(), previous.rate()),
                summary.resultTypes().stream()
                        .map(each -> new TopResultType(each.resultType(), each.failed()))
                        .toList(),
                summary.organizations().stream()
                        .map(each -> new TopOrganization(
                                each.organization(),
                                each.sessions().successful(),
                                each.sessions().failed(),
                                each.sessions().rate()))
                        .toList(),
                summary.lastReport(),
                openAlerts);
    }
}

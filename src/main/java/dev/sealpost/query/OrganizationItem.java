package dev.sealpost.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sealpost.store.OrganizationRow;
import dev.sealpost.store.ReporterSilence;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A reporter in lists. */
@Schema(name = "Organization", description = "A reporter over the days asked for")
record OrganizationItem(
        @Schema(description = "As it writes itself; names that differ in case alone are one", examples = "Google Inc.")
        String organization,

        @Schema(description = "Reports that count; null where they are no longer all stored") @Nullable
        Long reports,

        @Schema(description = "Domains it reported about") long domains,
        @Schema(description = "Session estimate") long successfulSessions,
        @Schema(description = "Session estimate") long failedSessions,

        @Schema(description = "When the newest of these reports came; null where none is stored any more") @Nullable
        Instant lastReport,

        @Schema(
                description =
                        "Hours from the end of a UTC day until 95 % of its reports are in; null where not known yet")
        @Nullable
        Integer usualDelayHours,

        @Schema(
                description =
                        "The first UTC day whose report is overdue: of reporters that reported on three or more of"
                                + " the fourteen days up to their last, the day after the longest pause among these; else"
                                + " null, as where the days asked for ended more than 45 days ago",
                examples = "2026-11-23")
        @Nullable
        LocalDate silentSince) {
    static final List<String> COLUMNS = List.of(
            "organization",
            "reports",
            "domains",
            "successfulSessions",
            "failedSessions",
            "lastReport",
            "usualDelayHours",
            "silentSince");

    static OrganizationItem of(OrganizationRow row, boolean recent, Instant now) {
        return new OrganizationItem(
                row.organization(),
                row.reports(),
                row.domains(),
                row.successfulSessions(),
                row.failedSessions(),
                row.lastReport(),
                row.usualDelayHours(),
                recent
                        ? ReporterSilence.since(row.days(), row.usualDelayHours(), now)
                                .orElse(null)
                        : null);
    }

    /** The item as a row of a table. */
    Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("organization", organization);
        row.put("reports", reports);
        row.put("domains", domains);
        row.put("successfulSessions", successfulSessions);
        row.put("failedSessions", failedSessions);
        row.put("lastReport", lastReport);
        row.put("usualDelayHours", usualDelayHours);
        row.put("silentSince", silentSince);
        return row;
    }
}

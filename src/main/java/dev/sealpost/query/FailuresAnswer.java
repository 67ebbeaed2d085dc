package dev.sealpost.query;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.sealpost.store.FailureKey;
import dev.sealpost.store.FailureRow;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code /failures} answers. */
@Schema(description = "Failures in groups")
record FailuresAnswer(
        @Schema(description = "First UTC day") LocalDate from,
        @Schema(description = "Last UTC day, included") LocalDate to,
        List<String> groupBy,
        @Schema(implementation = Row[].class) List<Map<String, @Nullable Object>> rows,

        @Schema(description = "The cursor that goes on; null at the end") @Nullable
        String next) {

    /** A row; of the group fields it has those of {@code groupBy}. */
    @Schema(name = "FailureRow", description = "One group; it has the group fields asked for by groupBy")
    record Row(
            @Schema(examples = "2026-11-23") String day,
            @Schema(examples = "2026-W48") String week,
            @Schema(examples = "2026-11") String month,
            String domain,
            String organization,
            String policyType,
            String resultType,
            String resultClass,
            @Nullable String receivingMxHostname,
            @Nullable String receivingIp,
            @Nullable String sendingMtaIp,
            @Nullable String failureReasonCode,

            @Schema(
                    description =
                            "Occurrences in failure details; these may overlap, so this is no number to divide by")
            long failedSessions,

            @Schema(
                    description =
                            "Distinct reports; null where not counted: without domain and with other filters or groups"
                                    + " than time and resultType, or over more failures than a question may go through")
            @Nullable
            Long reports,

            @Schema(description = "Distinct reporters; null where not counted") @Nullable
            Long organizations,

            LocalDate firstDay,
            LocalDate lastDay) {}

    static List<String> columns(List<FailureKey> keys) {
        return Stream.concat(
                        keys.stream().map(FailureKey::label),
                        Stream.of("failedSessions", "reports", "organizations", "firstDay", "lastDay"))
                .toList();
    }

    static Map<String, @Nullable Object> row(List<FailureKey> keys, FailureRow failures) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            row.put(keys.get(i).label(), failures.groups().get(i));
        }
        row.put("failedSessions", failures.failedSessions());
        row.put("reports", failures.reports());
        row.put("organizations", failures.organizations());
        row.put("firstDay", failures.firstDay());
        row.put("lastDay", failures.lastDay());
        return row;
    }
}

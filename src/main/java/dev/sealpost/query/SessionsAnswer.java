package dev.sealpost.query;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.sealpost.store.SessionKey;
import dev.sealpost.store.SessionRow;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code /sessions} answers. */
@Schema(description = "Sessions in groups")
record SessionsAnswer(
        @Schema(description = "First UTC day") LocalDate from,
        @Schema(description = "Last UTC day, included") LocalDate to,

        @Schema(enumeration = {"day", "week", "month", "total"})
        String interval,

        List<String> groupBy,

        @Schema(
                enumeration = {"estimate", "per-policy"},
                description = "estimate: the larger of the sessions under sts and under tlsa, and all others, within"
                        + " each report and domain. per-policy: as reported for each policy type, where one session may"
                        + " stand under two types.")
        String counting,

        @Schema(implementation = Row[].class) List<Map<String, @Nullable Object>> rows,

        @Schema(description = "The cursor that goes on; null at the end") @Nullable
        String next) {

    /** A row; of the periods and group fields it has those asked for. */
    @Schema(name = "SessionRow", description = "One group; it has the period and the group fields asked for")
    record Row(
            @Schema(examples = "2026-11-23") String day,
            @Schema(examples = "2026-W48") String week,
            @Schema(examples = "2026-11") String month,
            String domain,
            String organization,
            String policyType,
            long successfulSessions,
            long failedSessions,

            @Schema(description = "Failed of all, 0 to 1; null without sessions") @Nullable
            Double failureRate,

            @Schema(description = "Distinct reports; null where they are no longer stored") @Nullable
            Long reports,

            @Schema(
                    description =
                            "Whether reports are still to be expected: a day of the row ended less than 48 hours ago, and,"
                                    + " for up to 100 domains asked for by name, a usual reporter is missing that is"
                                    + " not overdue yet")
            boolean provisional) {}

    static List<String> columns(List<SessionKey> keys) {
        return Stream.concat(
                        keys.stream().map(SessionKey::label),
                        Stream.of("successfulSessions", "failedSessions", "failureRate", "reports", "provisional"))
                .toList();
    }

    static Map<String, @Nullable Object> row(List<SessionKey> keys, SessionRow sessions, boolean provisional) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            row.put(keys.get(i).label(), sessions.groups().get(i));
        }
        row.put("successfulSessions", sessions.successfulSessions());
        row.put("failedSessions", sessions.failedSessions());
        row.put("failureRate", sessions.failureRate());
        row.put("reports", sessions.reports());
        row.put("provisional", provisional);
        return row;
    }
}

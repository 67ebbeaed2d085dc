package dev.sealpost.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A reporter over some days.
 *
 * @param key its name as compared, which orders the list
 * @param organization its name as it writes itself
 * @param domains how many domains it reported about
 * @param successfulSessions estimate, at most 2^63-1
 * @param failedSessions estimate, at most 2^63-1
 * @param reports that count; null where they are no longer all stored
 * @param lastReport door time of the newest of these reports; null where none is stored
 * @param usualDelayHours from the end of a UTC day until its report is in; null where that is not known yet
 * @param days UTC days it reported on, in order; of the days asked for and, where these are not long ago, the last 45
 */
public record OrganizationRow(
        String key,
        String organization,
        long domains,
        long successfulSessions,
        long failedSessions,
        @Nullable Long reports,
        @Nullable Instant lastReport,
        @Nullable Integer usualDelayHours,
        List<LocalDate> days) {
    public OrganizationRow {
        days = List.copyOf(days);
    }
}

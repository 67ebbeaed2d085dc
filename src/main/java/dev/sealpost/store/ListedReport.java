package dev.sealpost.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A stored report as lists show it.
 *
 * @param receipt the number its sender got
 * @param organization the reporter as it writes itself; null if it does not
 * @param start of the period
 * @param end of the period
 * @param day the UTC day of the start, which the report is counted on
 * @param received when the first copy came
 * @param domains its policies are attributed to
 * @param successfulSessions the session estimate over all its domains
 * @param failedSessions the session estimate over all its domains
 * @param flags what had to be healed in it
 * @param counts whether it is in the sums; of several versions of a report one is
 * @param contested whether another version of equal provenance disagrees
 */
public record ListedReport(
        UUID id,
        UUID receipt,
        @Nullable String organization,
        String reportId,
        Instant start,
        Instant end,
        LocalDate day,
        String channel,
        String provenance,
        Instant received,
        List<String> domains,
        long successfulSessions,
        long failedSessions,
        List<String> flags,
        boolean counts,
        boolean contested) {}

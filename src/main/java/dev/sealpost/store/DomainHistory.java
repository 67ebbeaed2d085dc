package dev.sealpost.store;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a domain.
 *
 * @param firstReport when the first report about its first day came; null without reports
 * @param lastReport when the last report about its last day came; null without reports
 * @param successfulSessions the session estimate of the days asked for
 * @param failedSessions the session estimate of the days asked for
 * @param failureRate failed of all; null without sessions
 * @param sparkline the failure rate of each day asked for, oldest first; null on days without sessions
 */
public record DomainHistory(
        String domain,
        @Nullable Instant firstReport,
        @Nullable Instant lastReport,
        long successfulSessions,
        long failedSessions,
        @Nullable Double failureRate,
        List<@Nullable Double> sparkline) {}

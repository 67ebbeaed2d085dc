package dev.sealpost.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Sessions of one group.
 *
 * @param groups in the order of the question, the interval first
 * @param successfulSessions at most 2^63-1
 * @param failedSessions at most 2^63-1
 * @param failureRate failed of all; null without sessions
 * @param reports that are counted here
 * @param position of the row
 */
public record SessionRow(
        List<@Nullable String> groups,
        long successfulSessions,
        long failedSessions,
        @Nullable Double failureRate,
        @Nullable Long reports,
        Position position) {}

package dev.sealpost.store;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Failures of one group.
 *
 * @param groups in the order of the question; null where the reporter said nothing
 * @param failedSessions occurrences in failure details, at most 2^63-1
 * @param reports that name such a failure; null if not counted
 * @param organizations that name such a failure; null if not counted
 * @param firstDay the first UTC day with one
 * @param lastDay the last UTC day with one
 * @param position of the row
 */
public record FailureRow(
        List<@Nullable String> groups,
        long failedSessions,
        @Nullable Long reports,
        @Nullable Long organizations,
        LocalDate firstDay,
        LocalDate lastDay,
        Position position) {}

package dev.sealpost.store;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of some days at a glance.
 *
 * @param sessions of these days
 * @param previous of as many days before
 * @param resultTypes those with most occurrences in failure details, most first
 * @param organizations those with most failed sessions, most first
 * @param lastReport door time of the newest report about the last day that has one; null without reports
 */
public record Summary(
        Sums sessions,
        Sums previous,
        List<OfResultType> resultTypes,
        List<OfOrganization> organizations,
        @Nullable Instant lastReport) {

    /**
     * Sessions.
     *
     * @param successful at most 2^63-1
     * @param failed at most 2^63-1
     * @param rate failed of all; null without sessions
     */
    public record Sums(
            long successful, long failed, @Nullable Double rate) {}

    /** Occurrences of a result type in failure details. */
    public record OfResultType(String resultType, long failed) {}

    /** Sessions of a reporter. */
    public record OfOrganization(String organization, Sums sessions) {}
}

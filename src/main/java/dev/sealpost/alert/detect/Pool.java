package dev.sealpost.alert.detect;

import java.util.HashMap;
import java.util.Map;

import dev.sealpost.report.ResultType;

/**
 * How often sessions fail on a level above the single series: everywhere, at one reporter, or at one domain. Sums of whole
 * numbers, so the order of additions cannot be told afterwards. No single report weighs much: it counts with at most 2,000
 * sessions and 2 % failures. Only verified reports belong in here. Not thread-safe.
 */
public final class Pool {
    /** With so many sessions a report counts at most. */
    public static final long MOST_SESSIONS = 2_000;

    /** With so many of them failed, as a share. */
    public static final double MOST_FAILURES = 0.02;

    /** Failures are summed in thousandths, for they are scaled with the sessions. */
    private static final long UNIT = 1_000;

    private final Sums sessions = new Sums();
    private final Map<ResultType, Sums> failures = new HashMap<>();
    private final Map<ResultType, Double> known = new HashMap<>();
    private double knownSessions;
    private long knownAsOf = Long.MIN_VALUE;

    /** Counts a day of one reporter about one domain. */
    public void add(DayCell cell) {
        knownAsOf = Long.MIN_VALUE;
        long counted = Math.min(cell.sessions(), MOST_SESSIONS);
        sessions.add(cell.day(), counted);
        for (Failed failed : cell.failed()) {
            if (failed.sessions() > 0 && counted > 0) {
                double share = Math.min((double) failed.sessions() / cell.sessions(), 1);
                double most = MOST_FAILURES * counted;
                failures.computeIfAbsent(failed.type(), type -> new Sums())
                        .add(cell.day(), Math.round(Math.min(share * counted, most) * UNIT));
            }
        }
    }

    /**
     * Counts a day of many reports that were bounded before they were summed up.
     *
     * @param day in days since 1970-01-01 UTC
     * @param counted their sessions, of each at most {@link #MOST_SESSIONS}
     * @param failed those of them that failed, of each at most {@link #MOST_FAILURES}
     */
    public void add(long day, long counted, Map<ResultType, Double> failed) {
        knownAsOf = Long.MIN_VALUE;
        sessions.add(day, counted);
        failed.forEach((type, share) ->
                failures.computeIfAbsent(type, absent -> new Sums()).add(day, Math.round(share * UNIT)));
    }

    /**
     * Failures a session, days that are long ago counting less.
     *
     * @param expected the rate it is drawn to
     * @param strength by so many pseudo-failures
     */
    double rate(ResultType type, long asOf, double expected, double strength) {
        if (knownAsOf != asOf) {
            known.clear();
            knownSessions = sessions.discounted(asOf);
            knownAsOf = asOf;
        }
        Sums sums = failures.get(type);
        double failed = sums == null ? 0 : known.computeIfAbsent(type, absent -> sums.discounted(asOf) / UNIT);
        return (failed + strength) / (knownSessions + strength / expected);
    }

    /** A whole number a day. */
    private static final class Sums {
        private long first;
        private long[] days = new long[0];

        void add(long day, long count) {
            if (days.length == 0) {
                first = day;
            }
            long before = Math.max(first - day, 0);
            int length = Math.toIntExact(Math.max(before + days.length, before + day - first + 1));
            if (length > days.length) {
                long[] grown = new long[length + 16];
                System.arraycopy(days, 0, grown, Math.toIntExact(before), days.length);
                days = grown;
                first -= before;
            }
            days[Math.toIntExact(day - first)] += count;
        }

        double discounted(long asOf) {
            double sum = 0;
            for (int age = 0; age < Past.DAYS; age++) {
                long at = asOf - age - first;
                if (at >= 0 && at < days.length) {
                    sum += days[(int) at] * Past.weight(age);
                }
            }
            return sum;
        }
    }
}

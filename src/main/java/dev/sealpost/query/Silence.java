package dev.sealpost.query;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Since when a reporter is silent that used to report: on three or more of the fourteen days up to its last, and now for
 * longer than the longest pause among these days.
 */
final class Silence {
    private static final int DAYS = 14;
    private static final int FEWEST = 3;

    private Silence() {}

    /**
     * The first UTC day whose report is overdue.
     *
     * @param days it reported on, in order, as far as they are known
     * @param delayHours from the end of a day until its report is in
     */
    static Optional<LocalDate> since(List<LocalDate> days, int delayHours, Instant now) {
        if (days.isEmpty()) {
            return Optional.empty();
        }
        LocalDate last = days.getLast();
        List<LocalDate> usual =
                days.stream().filter(day -> day.isAfter(last.minusDays(DAYS))).toList();
        if (usual.size() < FEWEST) {
            return Optional.empty();
        }
        long longest = 1;
        for (int i = 1; i < usual.size(); i++) {
            longest = Math.max(longest, ChronoUnit.DAYS.between(usual.get(i - 1), usual.get(i)));
        }
        LocalDate missing = last.plusDays(longest);
        Instant due =
                missing.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).plus(Duration.ofHours(delayHours));
        return now.isBefore(due) ? Optional.empty() : Optional.of(missing);
    }
}

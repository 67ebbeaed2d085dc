package dev.sealpost.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Since when a reporter is silent that used to report: on three or more of the fourteen days up to its last, and now for
 * longer than the longest pause among these days.
 */
public final class ReporterSilence {
    private static final int DAYS = 14;
    private static final int FEWEST = 3;

    /** Of a reporter whose delay is not known yet, so long is waited. */
    private static final int LONGEST_DELAY_HOURS = 48;

    private ReporterSilence() {}

    /**
     * The first UTC day whose report is overdue.
     *
     * @param days it reported on, in order, as far as they are known
     * @param usualDelayHours from the end of a day until its report is in; null if that is not known yet
     */
    public static Optional<LocalDate> since(List<LocalDate> days, @Nullable Integer usualDelayHours, Instant now) {
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
        Instant due = missing.plusDays(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .plus(Duration.ofHours(Objects.requireNonNullElse(usualDelayHours, LONGEST_DELAY_HOURS)));
        return now.isBefore(due) ? Optional.empty() : Optional.of(missing);
    }
}

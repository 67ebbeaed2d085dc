package dev.sealpost.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Hours of each day, by a wall clock.
 *
 * @param from {@code 22:00}; included
 * @param to {@code 07:00}; not included; before {@code from} it is the next day's
 * @param zone such as {@code Europe/Berlin}
 */
record QuietHours(String from, String to, String zone) {
    /** The end of the quiet hours that it is in; empty if it is in none. */
    Optional<Instant> until(Instant now) {
        ZonedDateTime local = now.atZone(ZoneId.of(zone));
        LocalTime time = local.toLocalTime();
        LocalTime begin = LocalTime.parse(from);
        LocalTime end = LocalTime.parse(to);
        boolean overnight = !begin.isBefore(end);
        boolean begun = !time.isBefore(begin);
        boolean ended = !time.isBefore(end);
        boolean quiet = overnight ? begun || !ended : begun && !ended;
        if (!quiet) {
            return Optional.empty();
        }
        boolean nextDay = overnight && begun;
        Instant over = local.toLocalDate()
                .plusDays(nextDay ? 1 : 0)
                .atTime(end)
                .atZone(local.getZone())
                .toInstant();
        // An hour that the clock shows twice: what was over is quiet again for that hour.
        return Optional.of(over.isAfter(now) ? over : now.plus(Duration.ofHours(1)));
    }
}

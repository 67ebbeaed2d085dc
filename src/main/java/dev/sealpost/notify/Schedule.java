package dev.sealpost.notify;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * When digests are sent; a weekly one on Mondays.
 *
 * @param every day or week
 * @param at {@code 08:00}, by a wall clock
 * @param zone such as {@code Europe/Berlin}
 */
record Schedule(String every, String at, String zone) {
    static final String DAY = "day";
    static final String WEEK = "week";
    static final List<String> EVERY = List.of(DAY, WEEK);

    /** The first time after one. */
    Instant next(Instant after) {
        ZoneId place = ZoneId.of(zone);
        LocalTime time = LocalTime.parse(at);
        ZonedDateTime next = after.atZone(place).toLocalDate().atTime(time).atZone(place);
        while (!next.toInstant().isAfter(after) || every.equals(WEEK) && next.getDayOfWeek() != DayOfWeek.MONDAY) {
            next = every.equals(WEEK)
                    ? next.toLocalDate()
                            .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                            .atTime(time)
                            .atZone(place)
                    : next.toLocalDate().plusDays(1).atTime(time).atZone(place);
        }
        return next.toInstant();
    }

    /** How many days a digest is about. */
    int days() {
        return every.equals(WEEK) ? 7 : 1;
    }
}

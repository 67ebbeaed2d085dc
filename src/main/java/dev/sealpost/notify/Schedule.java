package dev.sealpost.notify;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
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
        LocalDate day = after.atZone(place).toLocalDate();
        while (!isDue(day) || !time(day, place).isAfter(after)) {
            day = day.plusDays(1);
        }
        return time(day, place);
    }

    private boolean isDue(LocalDate day) {
        return every.equals(DAY) || day.getDayOfWeek() == DayOfWeek.MONDAY;
    }

    private Instant time(LocalDate day, ZoneId place) {
        return day.atTime(LocalTime.parse(at)).atZone(place).toInstant();
    }

    /** How many days a digest is about. */
    int days() {
        return every.equals(WEEK) ? 7 : 1;
    }
}

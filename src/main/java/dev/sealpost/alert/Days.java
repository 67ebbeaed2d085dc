package dev.sealpost.alert;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

import dev.sealpost.alert.detect.Detector;

/** UTC days, and the days since 1970-01-01 UTC that the detector counts in. */
final class Days {
    private Days() {}

    static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    static LocalDate of(long day) {
        return LocalDate.ofEpochDay(day);
    }

    /** The first day that decides about today. */
    static LocalDate needed(LocalDate today) {
        return today.minusDays(Detector.DAYS_NEEDED - 1L);
    }
}

package dev.sealpost.report;

import java.time.Instant;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * The one form that nearly every timestamp has: 2026-11-01T00:00:00Z. Whatever is doubtful, such as the 29th of a month
 * or a leap second, is left to {@link DateText}.
 */
final class PlainDate {
    private PlainDate() {}

    /** The instant, or null when the text has another form or is doubtful. */
    static @Nullable Instant parse(String text) {
        if (text.length() != 20
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(19) != 'Z') {
            return null;
        }
        int year = 100 * two(text, 0) + two(text, 2);
        int month = two(text, 5);
        int day = two(text, 8);
        int hour = two(text, 11);
        int minute = two(text, 14);
        int second = two(text, 17);
        if (year < 1_970 || month < 1 || month > 12 || day < 1 || day > 28) {
            return null;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return null;
        }
        long midnight = LocalDate.of(year, month, day).toEpochDay() * 86_400;
        return Instant.ofEpochSecond(midnight + 3_600L * hour + 60L * minute + second);
    }

    /** The number of two digits; negative beyond repair when they are none. */
    private static int two(String text, int at) {
        int tens = text.charAt(at) - '0';
        int ones = text.charAt(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -100_000 : 10 * tens + ones;
    }
}

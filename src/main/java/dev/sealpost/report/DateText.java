package dev.sealpost.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Timestamps of RFC 3339, section 5.6, and the forms that senders write instead: no offset (Microsoft until 2023), lower
 * case, a space for the T, hour 24, dates alone, fractions, epoch seconds. Fractions are cut.
 */
final class DateText {
    private static final long FIRST_SECOND = LocalDate.of(1, 1, 1).toEpochDay() * 86_400;
    private static final long LAST_SECOND = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400 - 1;
    private static final int NOT_DIGITS = -1;

    private final String text;
    private final Set<Flag> flags;
    private int at;

    private DateText(String text, Set<Flag> flags) {
        this.text = text;
        this.flags = flags;
    }

    /** The instant, or null when the text is no timestamp of the years 1 to 9999. */
    static @Nullable Instant parse(String text, Set<Flag> flags) {
        Instant plain = PlainDate.parse(text);
        if (plain != null) {
            return plain;
        }
        String stripped = text.strip();
        if (stripped.length() != text.length()) {
            flags.add(Flag.DATE_FORM);
        }
        return new DateText(stripped, flags).dateTime();
    }

    /** The instant of so many seconds after 1970, or null as above. */
    static @Nullable Instant epoch(String number, Set<Flag> flags) {
        flags.add(Flag.EPOCH_DATE);
        BigDecimal seconds = Decimal.parse(number);
        if (seconds == null || (long) seconds.precision() - seconds.scale() > 12) {
            return null;
        }
        return (long) seconds.scale() > Limits.MAX_NUMBER_DIGITS
                ? Instant.EPOCH
                : instant(seconds.setScale(0, RoundingMode.DOWN).longValueExact());
    }

    private @Nullable Instant dateTime() {
        int year = digits(4);
        boolean dashes = accept('-');
        int month = digits(2);
        dashes &= accept('-');
        int day = digits(2);
        if (!dashes || year < 0 || month < 1 || month > 12 || day < 1) {
            return null;
        }
        if (day > Month.of(month).length(Year.isLeap(year))) {
            return null;
        }
        long midnight = LocalDate.of(year, month, day).toEpochDay() * 86_400;
        if (at == text.length()) {
            flags.add(Flag.DATE_ONLY);
            return instant(midnight);
        }
        if (!accept('T')) {
            if (!accept('t') && !accept(' ')) {
                return null;
            }
            flags.add(Flag.DATE_FORM);
        }
        int seconds = timeOfDay();
        if (seconds < 0) {
            return null;
        }
        return withOffset(midnight + seconds);
    }

    private int timeOfDay() {
        int hour = digits(2);
        boolean colon = accept(':');
        int minute = digits(2);
        int second = 0;
        if (accept(':')) {
            second = digits(2);
            if (accept('.') || accept(',')) {
                flags.add(Flag.DATE_FRACTION);
                colon &= skipDigits();
            }
        } else {
            flags.add(Flag.DATE_FORM);
        }
        if (!colon || hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return -1;
        }
        if (hour == 24) {
            flags.add(Flag.DATE_FORM);
            return minute == 0 && second == 0 ? 86_400 : -1;
        }
        if (second == 60) {
            // A leap second: java.time has none, and the day must not change.
            flags.add(Flag.DATE_FORM);
            second = 59;
        }
        return hour * 3_600 + minute * 60 + second;
    }

    private @Nullable Instant withOffset(long local) {
        if (at == text.length()) {
            flags.add(Flag.NO_TIMEZONE);
            return instant(local);
        }
        if (accept(' ')) {
            flags.add(Flag.DATE_FORM);
        }
        if (accept('Z')) {
            return atEnd(local);
        }
        if (accept('z')) {
            flags.add(Flag.DATE_FORM);
            return atEnd(local);
        }
        boolean ahead = accept('+');
        if (!ahead && !accept('-')) {
            return null;
        }
        int hours = digits(2);
        boolean colon = accept(':');
        int minutes = !colon && at == text.length() ? 0 : digits(2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return null;
        }
        flags.add(colon ? Flag.DATE_OFFSET : Flag.DATE_FORM);
        int offset = hours * 3_600 + minutes * 60;
        return atEnd(ahead ? local - offset : local + offset);
    }

    private @Nullable Instant atEnd(long epochSecond) {
        return at == text.length() ? instant(epochSecond) : null;
    }

    private static @Nullable Instant instant(long epochSecond) {
        return epochSecond < FIRST_SECOND || epochSecond > LAST_SECOND ? null : Instant.ofEpochSecond(epochSecond);
    }

    private int digits(int count) {
        if (text.length() - at < count) {
            return NOT_DIGITS;
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            int digit = text.charAt(at + i) - '0';
            if (digit < 0 || digit > 9) {
                return NOT_DIGITS;
            }
            value = 10 * value + digit;
        }
        at += count;
        return value;
    }

    private boolean skipDigits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at > from;
    }

    private boolean accept(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }
}

package dev.sealpost.query;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.sealpost.http.Parameter;
import dev.sealpost.store.SessionKey;
import org.jspecify.annotations.Nullable;

/** The periods sessions are summed over. */
enum Interval {
    DAY(SessionKey.DAY),
    WEEK(SessionKey.WEEK),
    MONTH(SessionKey.MONTH),
    TOTAL(null);

    static final Parameter PARAMETER = Parameter.one(
            "interval",
            "Period of a row; day if absent.",
            Arrays.stream(values()).map(Interval::label).toArray(String[]::new));

    private final @Nullable SessionKey key;

    Interval(@Nullable SessionKey key) {
        this.key = key;
    }

    static Interval of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Optional<SessionKey> key() {
        return Optional.ofNullable(key);
    }

    /**
     * The last day of a row's period.
     *
     * @param groups of the row, the period first
     * @param to the last day asked for
     */
    LocalDate lastDay(List<@Nullable String> groups, LocalDate to) {
        String period = this == TOTAL ? "" : String.valueOf(groups.getFirst());
        LocalDate last =
                switch (this) {
                    case DAY -> LocalDate.parse(period);
                    case WEEK -> LocalDate.parse(period + "-7", DateTimeFormatter.ISO_WEEK_DATE);
                    case MONTH -> YearMonth.parse(period).atEndOfMonth();
                    case TOTAL -> to;
                };
        return last.isAfter(to) ? to : last;
    }
}

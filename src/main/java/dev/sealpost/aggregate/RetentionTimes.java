package dev.sealpost.aggregate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import jakarta.inject.Singleton;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.DurationConverter;

/** Since when things are kept, counted back from now. */
@Singleton
@Startup // a wrong setting stops the start
class RetentionTimes {
    private static final String OFF = "off";

    private final Duration raw;
    private final Duration reports;
    private final Optional<Duration> daily;
    private final Clock clock;

    RetentionTimes(RetentionConfig config, Clock clock) {
        this.raw = config.raw();
        this.reports = config.reports();
        this.daily = daily(config.daily());
        this.clock = clock;
        // A report of today is needed whole: its cells are derived from it.
        require(raw.compareTo(Duration.ofDays(1)) >= 0, "raw", "must be 1d or more, such as 400d");
        require(reports.compareTo(raw) >= 0, "reports", "must not be shorter than sealpost.retention.raw");
        require(
                daily.isEmpty() || daily.get().compareTo(reports) >= 0,
                "daily",
                "must be off, or not shorter than sealpost.retention.reports");
    }

    private static Optional<Duration> daily(String text) {
        if (text.strip().equalsIgnoreCase(OFF)) {
            return Optional.empty();
        }
        try {
            return Optional.of(DurationConverter.parseDuration(text.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "sealpost.retention.daily: '" + text + "' is neither off nor a duration such as 1200d", e);
        }
    }

    private static void require(boolean holds, String setting, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("sealpost.retention." + setting + ": " + rule);
        }
    }

    /** Originals that came before are not kept. */
    Instant raw() {
        return clock.instant().minus(raw);
    }

    /** Reports that came before are not kept. */
    Instant reports() {
        return clock.instant().minus(reports);
    }

    /** Cells of earlier days are not kept; empty if all are. */
    Optional<LocalDate> daily() {
        return daily.map(kept -> day(clock.instant().minus(kept)));
    }

    LocalDate today() {
        return day(clock.instant());
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}

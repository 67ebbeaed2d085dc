package dev.sealpost.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Periods and their last days. */
class IntervalTest {
    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-11-23, 2026-12-31, 2026-11-23",
        "WEEK, 2026-W48, 2026-12-31, 2026-11-29",
        "WEEK, 2026-W53, 2027-12-31, 2027-01-03",
        "MONTH, 2028-02, 2028-12-31, 2028-02-29",
        "MONTH, 2026-11, 2026-11-23, 2026-11-23",
        "TOTAL, none, 2026-11-23, 2026-11-23"
    })
    void aPeriodEndsWithItsLastDayAskedFor(Interval interval, String period, LocalDate to, LocalDate last) {
        assertThat(interval.lastDay(List.of(period), to)).isEqualTo(last);
    }
}

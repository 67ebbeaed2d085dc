package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is silent, and since when. */
class ReporterSilenceTest {
    @ParameterizedTest
    @CsvSource({
        // Daily until the 20th; the report about the 21st is due at 6:00 on the 22nd.
        "18 19 20, 6, 2026-11-22T05:59:59Z, ",
        "18 19 20, 6, 2026-11-22T06:00:00Z, 2026-11-21",
        "18 19 20, 48, 2026-11-23T23:59:59Z, ",
        "18 19 20, 48, 2026-11-24T00:00:00Z, 2026-11-21",
        // Working days: a pause of three days from Friday to Monday is usual.
        "12 13 16 17 18 19 20, 6, 2026-11-24T05:59:59Z, ",
        "12 13 16 17 18 19 20, 6, 2026-11-24T06:00:00Z, 2026-11-23",
        // Too seldom to be missed.
        "6 7 20, 6, 2026-11-30T00:00:00Z, ",
        "7 14 20, 6, 2026-11-30T00:00:00Z, 2026-11-27",
        "20, 6, 2026-11-30T00:00:00Z, "
    })
    void aReporterIsSilentOnceItsPauseIsLongerThanAnyBefore(String days, int delay, Instant now, LocalDate since) {
        List<LocalDate> reported = Arrays.stream(days.split(" "))
                .map(day -> LocalDate.of(2026, 11, Integer.parseInt(day)))
                .toList();
        assertThat(ReporterSilence.since(reported, delay, now).orElse(null)).isEqualTo(since);
    }
}

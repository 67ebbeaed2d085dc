package dev.sealpost.alert.detect;

import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.Test;

class PoolTest {
    private final Pool pool = new Pool();

    private static DayCell cell(long day, long sessions, long failures) {
        return new DayCell(day, sessions, List.of(new Failed(STARTTLS_NOT_SUPPORTED, failures)), false);
    }

    @Test
    void nothingLearnedIsWhatIsExpected() {
        assertThat(pool.rate(STARTTLS_NOT_SUPPORTED, 10, 1e-4, 3)).isCloseTo(1e-4, within(1e-12));
    }

    @Test
    void noReportWeighsMuch() {
        for (int report = 0; report < 50; report++) {
            pool.add(cell(10, 1_000, 0));
        }
        double before = pool.rate(STARTTLS_NOT_SUPPORTED, 10, 1e-4, 3);
        pool.add(cell(10, 1_000_000_000_000L, 1_000_000_000_000L));

        // At most 2 % of 2,000 sessions more.
        assertThat(pool.rate(STARTTLS_NOT_SUPPORTED, 10, 1e-4, 3)).isBetween(before, before + 40.0 / 50_000);
    }

    @Test
    void oldDaysFade() {
        pool.add(cell(10, 1_000, 20));

        double fresh = pool.rate(STARTTLS_NOT_SUPPORTED, 10, 1e-4, 3);
        assertThat(pool.rate(STARTTLS_NOT_SUPPORTED, 100, 1e-4, 3)).isBetween(1e-4, fresh);
        assertThat(pool.rate(STARTTLS_NOT_SUPPORTED, 1_000, 1e-4, 3)).isCloseTo(1e-4, within(1e-12));
    }
}

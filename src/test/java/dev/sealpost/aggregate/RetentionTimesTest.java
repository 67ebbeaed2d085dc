package dev.sealpost.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

/** The settings of retention, and what they mean today. */
class RetentionTimesTest {
    private static RetentionTimes times(int raw, int reports, String daily) {
        RetentionConfig config = new RetentionConfig() {
            @Override
            public Duration unclaimed() {
                return Duration.ofDays(30);
            }

            @Override
            public Duration raw() {
                return Duration.ofDays(raw);
            }

            @Override
            public Duration reports() {
                return Duration.ofDays(reports);
            }

            @Override
            public String daily() {
                return daily;
            }
        };
        return new RetentionTimes(config, Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC));
    }

    @Test
    void daysAreCountedBackFromNow() {
        RetentionTimes times = times(10, 20, " Off ");
        assertThat(times.raw()).isEqualTo("2026-11-14T12:00:00Z");
        assertThat(times.reports()).isEqualTo("2026-11-04T12:00:00Z");
        assertThat(times.daily()).isEmpty();
        assertThat(times(10, 20, "30d").daily()).contains(LocalDate.parse("2026-10-25"));
    }

    @Test
    void whatIsMadeOfSomethingIsKeptAsLongAtTheLeast() {
        assertThatThrownBy(() -> times(21, 20, "off")).hasMessageContaining("sealpost.retention.reports");
        assertThatThrownBy(() -> times(0, 20, "off")).hasMessageContaining("sealpost.retention.raw");
        assertThatThrownBy(() -> times(10, 20, "19d")).hasMessageContaining("sealpost.retention.daily");
        assertThatThrownBy(() -> times(10, 20, "never"))
                .hasMessageContaining("sealpost.retention.daily")
                .hasMessageContaining("off");
    }
}

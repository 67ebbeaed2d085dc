package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InternalDateTest {
    @Test
    void timesOfAllZones() {
        assertThat(InternalDate.parse(" 7-Nov-2026 02:44:25 -0700")).isEqualTo(Instant.parse("2026-11-07T09:44:25Z"));
        assertThat(InternalDate.parse("17-SEP-2026 23:59:59 +0530")).isEqualTo(Instant.parse("2026-09-17T18:29:59Z"));
        assertThat(InternalDate.parse("01-jan-2026 00:00:00 +0000")).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "32-Nov-2026 02:44:25 -0700",
                "7-November-2026 02:44:25 -0700",
                "7-Nov-26 02:44:25 -0700",
                "7-Nov-2026 02:44:25",
                "7-Nov-2026 24:44:25 +0000",
                "7-Nov-999999999999 02:44:25 +0000",
                "Sat, 07 Nov 2026 02:44:25 -0700"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(InternalDate.parse(text)).isNull();
        assertThat(InternalDate.parse(null)).isNull();
    }
}

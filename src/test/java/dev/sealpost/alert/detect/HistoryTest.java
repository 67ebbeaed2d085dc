package dev.sealpost.alert.detect;

import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static dev.sealpost.report.ResultType.TLSA_INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History("d0", "o0", true);

    private static DayCell cell(long day, long sessions, Failed... failed) {
        return new DayCell(day, sessions, List.of(failed), false);
    }

    @Test
    void daysComeInAnyOrder() {
        history.put(cell(100, 10, new Failed(STARTTLS_NOT_SUPPORTED, 3)));
        history.put(cell(40, 20, new Failed(TLSA_INVALID, 4)));
        history.put(cell(160, 30));

        assertThat(history.sessions(40)).isEqualTo(20);
        assertThat(history.sessions(100)).isEqualTo(10);
        assertThat(history.sessions(160)).isEqualTo(30);
        assertThat(history.failures(STARTTLS_NOT_SUPPORTED, 100)).isEqualTo(3);
        assertThat(history.failures(TLSA_INVALID, 40)).isEqualTo(4);
        assertThat(history.failures(TLSA_INVALID, 100)).isZero();
        long[] copied = new long[3];
        history.copySessions(99, copied);
        assertThat(copied).containsExactly(0, 10, 0);
    }

    @Test
    void aDayIsReplaced() {
        history.put(cell(100, 10, new Failed(STARTTLS_NOT_SUPPORTED, 3)));
        history.put(cell(100, 12, new Failed(TLSA_INVALID, 5)));

        assertThat(history.sessions(100)).isEqualTo(12);
        assertThat(history.failures(STARTTLS_NOT_SUPPORTED, 100)).isZero();
        assertThat(history.failures(TLSA_INVALID, 100)).isEqualTo(5);
    }

    @Test
    void noReportIsUnknownAndNotZero() {
        history.put(cell(100, 0));
        history.put(cell(103, 5));

        assertThat(history.reported(100)).isTrue();
        assertThat(history.reported(101)).isFalse();
        assertThat(history.reported(99)).isFalse();
    }

    @Test
    void noMoreSessionsFailThanThereWere() {
        history.put(cell(
                100,
                Long.MAX_VALUE,
                new Failed(STARTTLS_NOT_SUPPORTED, Long.MAX_VALUE),
                new Failed(STARTTLS_NOT_SUPPORTED, Long.MAX_VALUE)));

        assertThat(history.sessions(100)).isEqualTo(DayCell.MOST_SESSIONS);
        assertThat(history.failures(STARTTLS_NOT_SUPPORTED, 100)).isEqualTo(DayCell.MOST_SESSIONS);
    }
}

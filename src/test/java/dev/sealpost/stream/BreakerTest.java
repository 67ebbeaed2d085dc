package dev.sealpost.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class BreakerTest {
    private final AtomicLong nanos = new AtomicLong(1_000);
    private final Breaker breaker = new Breaker(nanos::get);

    private void millisPass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void itIsOpenUntilTheBrokerIsHeardOf() {
        assertThat(breaker.isClosed()).isFalse();
        assertThat(breaker.reason()).contains("not been reached");
        breaker.sent();
        breaker.acknowledged();
        assertThat(breaker.isClosed()).isTrue();
        assertThat(breaker.reason()).isNull();
    }

    @Test
    void silenceOpensItAndALateAcknowledgementClosesItAgain() {
        breaker.close();
        breaker.sent();
        millisPass(400);
        assertThat(breaker.isClosed()).isTrue();
        millisPass(200);
        assertThat(breaker.isClosed()).isFalse();
        assertThat(breaker.reason()).isEqualTo("Kafka acknowledges nothing");
        breaker.acknowledged();
        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void aSlowReportIsNoSilenceWhileOthersAreAcknowledged() {
        breaker.close();
        breaker.sent();
        for (int i = 0; i < 10; i++) {
            breaker.sent();
            millisPass(300);
            breaker.acknowledged();
            assertThat(breaker.isClosed()).isTrue();
        }
    }

    @Test
    void quietTimesAreNoSilence() {
        breaker.close();
        millisPass(3_600_000);
        assertThat(breaker.isClosed()).isTrue();
        breaker.sent();
        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void aFailureOpensItUnlessItIsTheRecordsOwn() {
        breaker.close();
        breaker.sent();
        breaker.failed(new IllegalStateException("too large"), false);
        assertThat(breaker.isClosed()).isTrue();
        breaker.sent();
        breaker.failed(new IllegalStateException("no\nleader\u202e"), true);
        assertThat(breaker.isClosed()).isFalse();
        assertThat(breaker.reason()).isEqualTo("IllegalStateException: no?leader?");
    }
}

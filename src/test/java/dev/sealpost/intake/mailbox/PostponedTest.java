package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class PostponedTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Postponed postponed = new Postponed(nanos::get);

    @Test
    void eachTryIsLaterThanTheOneBefore() {
        List<Duration> waits =
                List.of(Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofMinutes(50), Duration.ofMinutes(250));
        for (int tries = 1; tries <= waits.size(); tries++) {
            postponed.tried("a", tries);
            pass(waits.get(tries - 1).minusNanos(1));
            assertThat(open("a", "b")).containsExactly("b");
            pass(Duration.ofNanos(1));
            assertThat(open("a", "b")).containsExactly("a", "b");
        }
        postponed.tried("a", 1_000);
        pass(Duration.ofHours(6));
        assertThat(open("a")).containsExactly("a");
    }

    @Test
    void nobodyWaitsLongerForNewsThanUntilTheNextTry() {
        assertThat(postponed.pause(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
        postponed.tried("a", 1);
        postponed.tried("b", 2);
        assertThat(postponed.pause(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(2));
        assertThat(postponed.pause(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(4));
        assertThat(postponed.pause(Duration.ofMinutes(5))).isPositive().isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void whatIsGoneOrMeansAnotherMailIsForgotten() {
        postponed.tried("a", 4);
        postponed.tried("b", 4);
        assertThat(open("b")).isEmpty();
        assertThat(open("a", "b")).as("a was away").containsExactly("a");
        List<String> anew = new ArrayList<>(List.of("b"));
        assertThat(postponed.takeOut(anew, 8)).isZero();
        assertThat(anew).containsExactly("b");
    }

    private List<String> open(String... keys) {
        List<String> open = new ArrayList<>(List.of(keys));
        int out = postponed.takeOut(open, 0);
        assertThat(open.size() + out).isEqualTo(keys.length);
        return open;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}

package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.junit.jupiter.api.RepeatedTest;

class BackoffTest {
    private final Backoff backoff = new Backoff(new Random());

    @RepeatedTest(20)
    void pausesGrowToFiveMinutesAndAHalf() {
        assertThat(backoff.next(Kind.CONNECTION)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_500));
        assertThat(backoff.next(Kind.TLS)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
        for (int i = 0; i < 50; i++) {
            backoff.next(Kind.CONNECTION);
        }
        assertThat(backoff.next(Kind.CONNECTION)).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(450));
        backoff.reset();
        assertThat(backoff.next(Kind.CONNECTION)).isLessThan(Duration.ofSeconds(2));
    }

    @RepeatedTest(20)
    void aRefusedSignInIsNeverRepeatedWithinAMinute() {
        for (int i = 0; i < 30; i++) {
            assertThat(backoff.next(Kind.SIGN_IN)).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(1_350));
        }
    }
}

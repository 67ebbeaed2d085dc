package dev.sealpost.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.Test;

class InFlightTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

    private final InFlight inFlight = new InFlight(3_000, 2_000);

    @Test
    void aContainerTakesRoomForAllThatItMayHoldAndPlainTextForItself() throws InterruptedException {
        try (InFlight.Room room = Objects.requireNonNull(inFlight.enter(GZIP, SHORT))) {
            assertThat(inFlight.free()).isEqualTo(1_000);
            assertThat(inFlight.enter(GZIP, SHORT)).as("2,000 more do not fit").isNull();
            try (InFlight.Room plain = Objects.requireNonNull(inFlight.enter(new byte[300], SHORT))) {
                assertThat(inFlight.free()).isEqualTo(700);
                plain.shrinkTo(300);
            }
            room.shrinkTo(2_000);
        }
        assertThat(inFlight.free()).isEqualTo(3_000);
    }

    @Test
    void roomNotNeededIsGivenBackAtOnce() throws InterruptedException {
        try (InFlight.Room room = Objects.requireNonNull(inFlight.enter(GZIP, SHORT))) {
            room.shrinkTo(10);
            assertThat(inFlight.free()).isEqualTo(2_990);
            room.shrinkTo(500);
            assertThat(inFlight.free()).isEqualTo(2_990);
        }
        assertThat(inFlight.free()).isEqualTo(3_000);
    }
}

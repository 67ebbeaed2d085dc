package dev.sealpost.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

class InFlightTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

    private static final int SMALL = InFlight.SMALL;

    private final InFlight inFlight = new InFlight(9 * SMALL, 8 * SMALL);

    @Test
    void aSmallContainerTakesRoomForAllThatItMayHoldAndPlainTextForItself() throws InterruptedException {
        try (InFlight.Room gzip = small(GZIP);
                InFlight.Room plain = small(new byte[300]);
                InFlight.Room large = small(new byte[SMALL + 1])) {
            assertThat(inFlight.free()).isEqualTo(7 * SMALL - 300);
            gzip.shrinkTo(10);
            assertThat(inFlight.free()).isEqualTo(8 * SMALL - 310);
            gzip.shrinkTo(500);
            assertThat(inFlight.free()).as("never grows again").isEqualTo(8 * SMALL - 310);
            plain.shrinkTo(300);
            large.shrinkTo(SMALL);
        }
        assertThat(inFlight.free()).isEqualTo(9 * SMALL);
    }

    @Test
    void largeBodiesLeaveHalfOfTheProcessorsToSmallOnesUntilTheyAreRead() throws InterruptedException {
        int width = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        InFlight wide = new InFlight(Integer.MAX_VALUE, SMALL);
        List<InFlight.Room> reading = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            reading.add(Objects.requireNonNull(wide.large(SHORT)));
        }
        assertThat(wide.large(SHORT)).isNull();
        assertThat(wide.small(GZIP, SHORT)).isNotNull();
        reading.getFirst().shrinkTo(100);
        assertThat(wide.large(SHORT)).as("one is read").isNotNull();
    }

    @Test
    void aLargeBodyThatFindsNoRoomLeavesItsProcessor() throws InterruptedException {
        try (InFlight.Room one = small(GZIP);
                InFlight.Room other = small(GZIP)) {
            assertThat(inFlight.large(SHORT)).isNull();
            one.shrinkTo(0);
            try (InFlight.Room large = Objects.requireNonNull(inFlight.large(SHORT))) {
                assertThat(inFlight.free()).isZero();
                large.shrinkTo(1);
            }
            other.shrinkTo(0);
        }
        assertThat(inFlight.free()).isEqualTo(9 * SMALL);
    }

    private InFlight.Room small(byte[] body) throws InterruptedException {
        return Objects.requireNonNull(inFlight.small(body, SHORT));
    }
}

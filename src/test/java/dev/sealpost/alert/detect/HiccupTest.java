package dev.sealpost.alert.detect;

import static dev.sealpost.alert.detect.Scene.TODAY;
import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

/** One bad day that may pass by itself, and one that does not. */
class HiccupTest {
    private final Scene scene = Scene.of(1, 6, 100);

    /** A reporter with so many sessions a day, of which one failed so many days ago. */
    private void known(int sessions, int failedBefore) {
        for (long day = TODAY - 100; day < TODAY; day++) {
            day(day, sessions, day == TODAY - failedBefore ? 1 : 0);
        }
    }

    private void day(long day, int sessions, long failures) {
        List<Failed> failed = failures == 0 ? List.of() : List.of(new Failed(STARTTLS_NOT_SUPPORTED, failures));
        scene.day("d0", "small", true, new DayCell(day, sessions, failed, true));
    }

    private AlertKind kind(int sessions, long failures) {
        scene.fine("d0", TODAY, "o0", "o1", "o2", "o3", "o4", "o5");
        day(TODAY, sessions, failures);
        return scene.findings("d0", TODAY).getFirst().kind();
    }

    @Test
    void aRateThatIsHardlyKnownMayHaveJumped() {
        known(100, 40);

        assertThat(kind(100, 10)).isEqualTo(AlertKind.TRANSIENT);
    }

    @Test
    void noJumpExplainsHalfOfTheSessions() {
        known(100, 40);

        assertThat(kind(100, 50)).isEqualTo(AlertKind.ATTACK);
    }

    @Test
    void whatNeverFailedHasNoRateToJump() {
        known(100, 1_000);

        assertThat(kind(100, 10)).isEqualTo(AlertKind.ATTACK);
    }
}

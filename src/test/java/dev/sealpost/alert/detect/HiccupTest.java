package dev.sealpost.alert.detect;

import static dev.sealpost.alert.detect.Scene.TODAY;
import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static dev.sealpost.report.ResultType.VALIDATION_FAILURE;
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

    private AlertKind passing(long first, long... then) {
        for (long day = TODAY - 100; day < TODAY; day++) {
            passingDay(day, day % 20 == 0 ? 1 : 0);
        }
        passingDay(TODAY, first);
        scene.fine("d0", TODAY, "o0", "o1", "o2", "o3", "o4", "o5");
        for (int i = 0; i < then.length; i++) {
            passingDay(TODAY + i + 1, then[i]);
            scene.fine("d0", TODAY + i + 1, "o0", "o1", "o2", "o3", "o4", "o5");
        }
        return scene.findings("d0", TODAY + then.length).getLast().kind();
    }

    private void passingDay(long day, long failures) {
        List<Failed> failed = failures == 0 ? List.of() : List.of(new Failed(VALIDATION_FAILURE, failures));
        scene.day("d0", "small", true, new DayCell(day, 300, failed, true));
    }

    @Test
    void whatComesAndGoesMayJumpTwice() {
        assertThat(passing(12, 9)).isEqualTo(AlertKind.TRANSIENT);
    }

    @Test
    void butNotThreeTimesInARow() {
        assertThat(passing(12, 9, 10)).isEqualTo(AlertKind.ATTACK);
    }

    @Test
    void andNotTwiceBeyondWhatAJumpReaches() {
        assertThat(passing(150, 160)).isEqualTo(AlertKind.ATTACK);
    }
}

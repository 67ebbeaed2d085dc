package dev.sealpost.alert.detect;

import static dev.sealpost.alert.detect.Scene.TODAY;
import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.Test;

class NewcomerTest {
    private final Scene scene = Scene.of(1, 6, 150);

    /** A reporter that is known for so many days, of so many sessions each, of which so many failed; and what it shows then. */
    private List<Finding> found(int days, int sessions, int failedBefore, int failed) {
        for (long age = days; age >= 0; age--) {
            int failures = age == 0 ? failed : failedBefore;
            List<Failed> how = failures == 0 ? List.of() : List.of(new Failed(STARTTLS_NOT_SUPPORTED, failures));
            scene.day("d0", "young", true, new DayCell(TODAY - age, sessions, how, true));
        }
        scene.fine("d0", TODAY, "o0", "o1", "o2", "o3", "o4", "o5");
        return scene.findings("d0", TODAY);
    }

    @Test
    void oneGoodDayOfManySessionsIsAPast() {
        List<Finding> found = found(1, 10_000, 0, 10_000);

        assertThat(found).extracting(Finding::kind).containsExactly(AlertKind.ATTACK);
        assertThat(found.getFirst().evidence().pastDays()).isEqualTo(1);
    }

    @Test
    void aFewGoodDaysAreAPastForMuch() {
        assertThat(found(3, 100, 0, 60)).extracting(Finding::kind).containsExactly(AlertKind.ATTACK);
    }

    @Test
    void butNotForLittle() {
        assertThat(found(3, 15, 0, 4)).isEmpty();
    }

    @Test
    void whoFailedFromTheFirstDayOnIsARelay() {
        assertThat(found(3, 1_000, 300, 700)).isEmpty();
    }

    @Test
    void isABetaBinomialAfterWhatWasSeen() {
        // One more session that fails, after forty that did not: a share of 0.05, with a = 0.5 and b = 41.5.
        double seen = Newcomer.atLeast(1, 1, 0, 40) / (0.5 / 42);
        double none = 1;
        for (int session = 0; session < 40; session++) {
            none *= (1.5 + session) / (2 + session);
        }
        assertThat(seen).isCloseTo(0.05 * none, within(1e-9));
        assertThat(Newcomer.atLeast(20, 101, 0, 300)).isLessThan(Newcomer.atLeast(20, 101, 0, 30));
    }
}

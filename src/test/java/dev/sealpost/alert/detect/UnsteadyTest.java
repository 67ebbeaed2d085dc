package dev.sealpost.alert.detect;

import static dev.sealpost.alert.detect.Scene.TODAY;
import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.LongPredicate;

import org.junit.jupiter.api.Test;

/** Senders of a few sessions a day that fail now and then. */
class UnsteadyTest {
    private final Scene scene = Scene.of(1, 6, 150);

    /** A reporter of two sessions a day, known for so many days, of which one fails on these. */
    private List<Finding> found(int days, LongPredicate failing) {
        for (long age = days - 1L; age >= 0; age--) {
            List<Failed> failed = failing.test(age) ? List.of(new Failed(STARTTLS_NOT_SUPPORTED, 1)) : List.of();
            scene.day("d0", "small", true, new DayCell(TODAY - age, 2, failed, true));
        }
        scene.fine("d0", TODAY, "o0", "o1", "o2", "o3", "o4", "o5");
        return scene.findings("d0", TODAY);
    }

    @Test
    void aFewBadDaysOfASenderThatIsHardlyKnownAreNoNews() {
        assertThat(found(55, age -> age < 28 && age % 7 == 0)).isEmpty();
    }

    @Test
    void manyBadDaysOfASenderThatHadNoneAreFound() {
        assertThat(found(100, age -> age < 12 && age % 3 != 1)).isNotEmpty();
    }

    @Test
    void aDayOnWhichAllFailsIsNoBadDay() {
        assertThat(Unsteady.possible(2, 1)).isFalse();
        assertThat(Unsteady.possible(4, 3)).isTrue();
    }

    @Test
    void isTheSumOfABetaBinomial() {
        // Of one day: a / (a + b), with a = 0.5 + 3 and b = 2 + 7.
        assertThat(Unsteady.atLeast(1, 1, 3, 10)).isCloseTo(0.05 * 3.5 / 12.5, within(1e-12));
        // Both of two days: a (a + 1) / (a + b) / (a + b + 1).
        assertThat(Unsteady.atLeast(2, 2, 3, 10)).isCloseTo(0.05 * 3.5 * 4.5 / 12.5 / 13.5, within(1e-12));
        assertThat(Unsteady.atLeast(0, 28, 0, 80)).isCloseTo(0.05, within(1e-9));
    }
}

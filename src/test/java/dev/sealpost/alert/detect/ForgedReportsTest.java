package dev.sealpost.alert.detect;

import static dev.sealpost.alert.detect.Scene.TODAY;
import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

/** Reports of unknown senders neither hide nor raise. */
class ForgedReportsTest {
    private static final long ABSURD = 1_000_000_000_000L;

    private static Scene withSpike() {
        Scene scene = Scene.of(3, 6, 100);
        scene.fails("d0", "o0", TODAY, STARTTLS_NOT_SUPPORTED, 200);
        scene.fine("d0", TODAY, "o1", "o2", "o3", "o4", "o5");
        return scene;
    }

    private static DayCell forged(long failures) {
        return new DayCell(TODAY, ABSURD, List.of(new Failed(STARTTLS_NOT_SUPPORTED, failures)), true);
    }

    @Test
    void tenThousandForgedSuccessesHideNothing() {
        Scene scene = withSpike();
        List<Finding> before = scene.findings("d0", TODAY);
        for (int forger = 0; forger < 10_000; forger++) {
            scene.day("d0", "forger" + forger, false, forged(0));
        }
        scene.day("d0", "o0", false, forged(0));

        assertThat(before).hasSize(1);
        assertThat(scene.findings("d0", TODAY)).isEqualTo(before);
    }

    @Test
    void tenThousandForgedFailuresExplainNothingAway() {
        Scene scene = withSpike();
        List<Finding> before = scene.findings("d0", TODAY);
        for (int forger = 0; forger < 10_000; forger++) {
            scene.day("d0", "forger" + forger, false, forged(ABSURD));
        }

        assertThat(scene.findings("d0", TODAY))
                .filteredOn(finding -> finding.evidence().verified())
                .isEqualTo(before);
    }

    @Test
    void forgedReportsAloneNeverRiseAboveLow() {
        Scene scene = Scene.of(1, 6, 100).mode(PolicyMode.TESTING);
        for (long day = TODAY - 40; day < TODAY; day++) {
            scene.day("d0", "forger", false, Scene.cell(day));
        }
        scene.day("d0", "forger", false, Scene.cell(TODAY, new Failed(STARTTLS_NOT_SUPPORTED, 1_000)));
        scene.fine("d0", TODAY, "o0", "o1", "o2", "o3", "o4", "o5");

        assertThat(scene.findings("d0", TODAY)).hasSize(1).allSatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(AlertKind.ATTACK);
            assertThat(finding.severity()).isEqualTo(Severity.LOW);
            assertThat(finding.evidence().verified()).isFalse();
        });
    }

    @Test
    void theSameReportersUnverifiedDaysAreNoBaselineOfItsVerifiedOnes() {
        Scene scene = withSpike();
        List<Finding> before = scene.findings("d0", TODAY);
        for (long day = TODAY - 60; day < TODAY; day++) {
            scene.day("d0", "o0", false, Scene.cell(day, new Failed(STARTTLS_NOT_SUPPORTED, 300)));
        }

        assertThat(scene.findings("d0", TODAY)).isEqualTo(before);
    }
}

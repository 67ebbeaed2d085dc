package dev.sealpost.alert.detect;

import static dev.sealpost.alert.detect.Scene.TODAY;
import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static dev.sealpost.report.ResultType.STS_POLICY_FETCH_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;

import dev.sealpost.report.ResultType;
import org.junit.jupiter.api.Test;

/** Others who have a few sessions a day only, and fail or do not. */
class SmallWitnessTest {
    private static final int FEW = 3;

    private void known(Scene scene, String domain, String reporter) {
        for (long day = TODAY - 100; day < TODAY; day++) {
            few(scene, domain, reporter, day, STARTTLS_NOT_SUPPORTED, 0);
        }
    }

    private void few(Scene scene, String domain, String reporter, long day, ResultType type, long failures) {
        List<Failed> failed = failures == 0 ? List.of() : List.of(new Failed(type, failures));
        scene.day(domain, reporter, true, new DayCell(day, FEW, failed, true));
    }

    private AlertKind kind(Scene scene) {
        return scene.findings("d0", TODAY).stream()
                .filter(finding -> finding.organization().equals("o0"))
                .findFirst()
                .orElseThrow()
                .kind();
    }

    /** A large reporter that fails in a tenth of its sessions, and two small ones. */
    private Scene tenth(long failuresOfSmall, String... fine) {
        Scene scene = Scene.of(1, 1 + fine.length, 100);
        known(scene, "d0", "s1");
        known(scene, "d0", "s2");
        scene.fails("d0", "o0", TODAY, STARTTLS_NOT_SUPPORTED, 100);
        few(scene, "d0", "s1", TODAY, STARTTLS_NOT_SUPPORTED, failuresOfSmall);
        few(scene, "d0", "s2", TODAY, STARTTLS_NOT_SUPPORTED, failuresOfSmall);
        scene.fine("d0", TODAY, fine);
        return scene;
    }

    @Test
    void whoNeverFailedAndFailsNowSeesTheSameHoweverSmall() {
        assertThat(kind(tenth(1))).isEqualTo(AlertKind.GLOBAL);
    }

    @Test
    void smallOnesThatDoNotFailSayNothing() {
        assertThat(kind(tenth(0))).isEqualTo(AlertKind.ATTACK);
    }

    @Test
    void largeOnesThatSeeNothingOutweighThem() {
        assertThat(kind(tenth(1, "o1", "o2", "o3", "o4", "o5"))).isEqualTo(AlertKind.ATTACK);
    }

    @Test
    void whoMadeTheDifferenceIsEvidence() {
        Finding finding = tenth(1).findings("d0", TODAY).getFirst();

        assertThat(finding.evidence().reporters())
                .extracting(Witness::organization, Witness::sees)
                .containsExactly(tuple("s1", true), tuple("s2", true));
    }

    @Test
    void whoAlwaysFailsSaysNothing() {
        Scene scene = Scene.of(1, 1, 100);
        for (long day = TODAY - 100; day <= TODAY; day++) {
            few(scene, "d0", "s1", day, STARTTLS_NOT_SUPPORTED, day % 2);
            few(scene, "d0", "s2", day, STARTTLS_NOT_SUPPORTED, day % 3 == 0 ? 1 : 0);
        }
        scene.fails("d0", "o0", TODAY, STARTTLS_NOT_SUPPORTED, 100);

        assertThat(kind(scene)).isEqualTo(AlertKind.ATTACK);
    }

    @Test
    void whoAlwaysFailsSaysNothingHoweverOftenItFails() {
        Scene scene = Scene.of(1, 1, 100);
        for (long day = TODAY - 100; day < TODAY; day++) {
            few(scene, "d0", "s1", day, STARTTLS_NOT_SUPPORTED, day % 2 == 0 ? FEW : 0);
        }
        few(scene, "d0", "s1", TODAY, STARTTLS_NOT_SUPPORTED, FEW);
        scene.fails("d0", "o0", TODAY, STARTTLS_NOT_SUPPORTED, 500);

        assertThat(kind(scene)).isEqualTo(AlertKind.ATTACK);
    }

    @Test
    void smallDomainsTellAFaultOfTheReporter() {
        Scene scene = Scene.of(1, 6, 100);
        for (String domain : List.of("d1", "d2")) {
            known(scene, domain, "o0");
            few(scene, domain, "o0", TODAY, STS_POLICY_FETCH_ERROR, 1);
        }
        scene.fails("d0", "o0", TODAY, STS_POLICY_FETCH_ERROR, 100);
        scene.fine("d0", TODAY, "o1", "o2", "o3", "o4", "o5");

        assertThat(kind(scene)).isEqualTo(AlertKind.SENDER_FAULT);
    }

    @Test
    void aWindowDoesNotReachBackOverDaysWithoutAReport() {
        Scene scene = Scene.of(1, 6, 100);
        String[] others = {"o1", "o2", "o3", "o4", "o5"};
        scene.fine("d0", TODAY, others);
        scene.fails("d0", "o0", TODAY + 1, STARTTLS_NOT_SUPPORTED, 20);
        scene.fine("d0", TODAY + 1, others);

        assertThat(scene.findings("d0", TODAY + 1).getFirst().evidence().window())
                .isEqualTo(1);
    }
}

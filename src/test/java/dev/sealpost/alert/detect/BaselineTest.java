package dev.sealpost.alert.detect;

import static dev.sealpost.alert.detect.Scene.TODAY;
import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

/** What a series is used to: the start, days that stand out, levels that stay. */
class BaselineTest {
    @Test
    void aSeriesIsNotJudgedBeforeItIsKnown() {
        Scene scene = Scene.of(1, 6, 0);
        scene.fails("d0", "o0", TODAY, STARTTLS_NOT_SUPPORTED, 900);
        scene.fine("d0", TODAY, "o1", "o2");

        assertThat(scene.findings("d0", TODAY)).isEmpty();
    }

    @Test
    void aYoungDomainThatAllReportersFailAtIsBroken() {
        Scene scene = Scene.of(1, 3, 0);
        for (String reporter : List.of("o0", "o1", "o2")) {
            scene.fails("d0", reporter, TODAY, STARTTLS_NOT_SUPPORTED, 400);
        }
        assertThat(scene.findings("d0", TODAY)).hasSize(3).allMatch(found -> found.kind() == AlertKind.GLOBAL);

        scene.fine("d0", TODAY, "o2");
        assertThat(scene.findings("d0", TODAY)).isEmpty();
    }

    @Test
    void aDayThatStandsOutDoesNotHideTheNext() {
        Scene scene = Scene.of(1, 6, 100);
        for (long day = TODAY; day < TODAY + 5; day++) {
            scene.fails("d0", "o0", day, STARTTLS_NOT_SUPPORTED, 400);
        }

        assertThat(scene.findings("d0", TODAY + 4))
                .hasSize(5)
                .allSatisfy(finding -> assertThat(finding.evidence().expected()
                                / finding.evidence().sessions())
                        .isLessThan(1e-4));
    }

    @Test
    void aLevelThatStaysBecomesTheRule() {
        Scene scene = Scene.of(1, 6, 100);
        for (long day = TODAY; day < TODAY + 30; day++) {
            scene.fails("d0", "o0", day, STARTTLS_NOT_SUPPORTED, 400);
        }

        assertThat(scene.findings("d0", TODAY + 29)).isNotEmpty().allMatch(finding -> finding.day() < TODAY + 8);
    }

    @Test
    void aLevelThatEndedIsNoLongerTheRule() {
        Scene scene = Scene.of(1, 6, 100);
        for (long day = TODAY; day < TODAY + 10; day++) {
            scene.fails("d0", "o0", day, STARTTLS_NOT_SUPPORTED, 400);
        }
        scene.fine("d0", TODAY + 10, "o0");
        scene.fine("d0", TODAY + 11, "o0");
        scene.fails("d0", "o0", TODAY + 12, STARTTLS_NOT_SUPPORTED, 400);

        assertThat(scene.findings("d0", TODAY + 12).getLast().day()).isEqualTo(TODAY + 12);
    }

    @Test
    void oneAbsurdClaimDoesNotSettleTheRate() {
        Scene claimed = Scene.of(1, 6, 100);
        Scene honest = Scene.of(1, 6, 100);
        claimed.day("d0", "o0", true, new DayCell(TODAY, 1_000_000_000_000L, List.of(), true));
        honest.fine("d0", TODAY, "o0");
        for (Scene scene : List.of(claimed, honest)) {
            scene.fails("d0", "o0", TODAY + 1, STARTTLS_NOT_SUPPORTED, 200);
        }

        assertThat(claimed.findings("d0", TODAY + 1)).hasSize(1);
        assertThat(expected(claimed)).isGreaterThan(expected(honest) / 10);
    }

    private static double expected(Scene scene) {
        return scene.findings("d0", TODAY + 1).getFirst().evidence().expected();
    }

    @Test
    void extremeCountsNeitherOverflowNorFail() {
        Scene scene = Scene.of(2, 4, 5);
        for (long day = TODAY; day < TODAY + 112; day++) {
            long failures = day % 3 == 0 ? Long.MAX_VALUE : 0;
            for (String reporter : List.of("o0", "o1")) {
                scene.day(
                        "d0",
                        reporter,
                        true,
                        new DayCell(day, Long.MAX_VALUE, List.of(new Failed(STARTTLS_NOT_SUPPORTED, failures)), true));
            }
        }

        assertThat(scene.findings("d0", TODAY + 111)).allSatisfy(finding -> {
            assertThat(finding.evidence().failures())
                    .isBetween(0L, finding.evidence().sessions());
            assertThat(finding.evidence().p()).isBetween(0.0, 1.0);
            assertThat(finding.evidence().expected()).isNotNegative().isFinite();
        });
    }
}

package dev.sealpost.alert.detect;

import static dev.sealpost.alert.detect.Scene.TODAY;
import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Levels that come, stay and go at a reporter with so few sessions that many of its days show nothing. */
class EpisodeTest {
    private static final int SESSIONS = 20;

    private final Scene scene = Scene.of(1, 6, 100);
    private final Incidents incidents = new Incidents();

    private void small(long day, long failures) {
        List<Failed> failed = failures == 0 ? List.of() : List.of(new Failed(STARTTLS_NOT_SUPPORTED, failures));
        scene.day("d0", "small", true, new DayCell(day, SESSIONS, failed, true));
    }

    private void quietBefore(long day) {
        for (long before = day - 100; before < day; before++) {
            small(before, 0);
        }
    }

    /** Days on which somebody was told, when every day is judged as it comes. */
    private List<Long> told(long until) {
        List<Long> told = new ArrayList<>();
        for (long day = TODAY; day < until; day++) {
            scene.fine("d0", day, "o1", "o2", "o3");
            small(day, failures(day - TODAY));
            for (Change change : incidents.take(scene.findings("d0", day))) {
                told.add(change.finding().day() - TODAY);
            }
        }
        return told;
    }

    /** One session in twenty; then none for more than a week, which so few sessions allow; then again. */
    private static long failures(long day) {
        return day < 6 ? 1 : day == 14 || day == 15 ? 2 : 0;
    }

    @Test
    void aRelayOfASmallSenderIsToldOnce() {
        quietBefore(TODAY);

        assertThat(told(TODAY + 25)).hasSize(1);
    }

    @Test
    void whatAFindingGoesOnWithBeganWithTheEpisode() {
        quietBefore(TODAY);
        for (long day = TODAY; day < TODAY + 16; day++) {
            small(day, failures(day - TODAY));
        }
        scene.fine("d0", TODAY + 15, "o1", "o2", "o3");

        Finding last = scene.findings("d0", TODAY + 15).getLast();

        assertThat(last.day()).isEqualTo(TODAY + 15);
        assertThat(last.evidence().since()).isBetween(TODAY, TODAY + 4);
    }

    @Test
    void aLevelThatIsGoneForLongEnoughBeginsAnew() {
        quietBefore(TODAY);
        for (long day = TODAY; day <= TODAY + 60; day++) {
            small(day, day < TODAY + 3 || day == TODAY + 60 ? 10 : 0);
        }
        scene.fine("d0", TODAY + 60, "o1", "o2", "o3");

        Finding last = scene.findings("d0", TODAY + 60).getLast();

        assertThat(last.day()).isEqualTo(TODAY + 60);
        assertThat(last.evidence().since()).isEqualTo(TODAY + 60);
    }
}

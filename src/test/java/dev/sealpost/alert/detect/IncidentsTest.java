package dev.sealpost.alert.detect;

import static dev.sealpost.alert.detect.Scene.TODAY;
import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class IncidentsTest {
    private final Incidents incidents = new Incidents();

    private static Finding finding(String organization, long day, AlertKind kind, long failures, boolean verified) {
        return finding(organization, day, day, kind, failures, verified);
    }

    private static Finding finding(
            String organization, long day, long since, AlertKind kind, long failures, boolean verified) {
        Evidence evidence = new Evidence(
                failures, 1_000, 0.1, 1e-30, 90, 1, since, 1, List.of(), List.of(), List.of(), List.of(), verified);
        return new Finding("d0", organization, STARTTLS_NOT_SUPPORTED, day, kind, Severity.HIGH, false, evidence);
    }

    private static Finding attack(String organization, long day, long failures) {
        return finding(organization, day, AlertKind.ATTACK, failures, true);
    }

    @Test
    void theSameFindingsAgainAreNothingNew() {
        List<Finding> findings = List.of(attack("o0", TODAY, 100), attack("o0", TODAY + 1, 100));

        assertThat(incidents.take(findings)).hasSize(1).first().isInstanceOf(Change.Opened.class);
        assertThat(incidents.take(findings)).isEmpty();
    }

    @Test
    void anotherReporterJoins() {
        List<Change> opened = incidents.take(List.of(attack("o0", TODAY, 100)));
        List<Change> joined = incidents.take(List.of(attack("o1", TODAY + 2, 100)));

        assertThat(joined).hasSize(1).first().isInstanceOf(Change.Joined.class);
        assertThat(joined.getFirst().incident()).isEqualTo(opened.getFirst().incident());
    }

    @Test
    void threeTimesTheRateIsTold() {
        incidents.take(List.of(attack("o0", TODAY, 100)));

        assertThat(incidents.take(List.of(attack("o0", TODAY + 1, 299)))).isEmpty();
        assertThat(incidents.take(List.of(attack("o0", TODAY + 2, 900))))
                .hasSize(1)
                .first()
                .isInstanceOf(Change.Escalated.class);
    }

    @Test
    void sevenQuietDaysEndAnIncident() {
        Change first = incidents.take(List.of(attack("o0", TODAY, 100))).getFirst();

        assertThat(incidents.take(List.of(attack("o0", TODAY + 7, 100)))).isEmpty();
        Change next = incidents.take(List.of(attack("o0", TODAY + 15, 100))).getFirst();
        assertThat(next).isInstanceOf(Change.Opened.class);
        assertThat(next.incident()).isNotEqualTo(first.incident());
    }

    @Test
    void whatGoesOnAfterQuietDaysIsNotToldAgain() {
        Change opened = incidents.take(List.of(attack("o0", TODAY, 100))).getFirst();

        List<Change> later =
                incidents.takeAll(List.of(finding("o0", TODAY + 20, TODAY, AlertKind.ATTACK, 100, true)), List.of());

        assertThat(later).hasSize(1).first().isInstanceOf(Change.Continued.class);
        assertThat(later.getFirst().incident()).isEqualTo(opened.incident());
    }

    @Test
    void whatBeganAfterQuietDaysIsToldAgain() {
        incidents.take(List.of(attack("o0", TODAY, 100)));

        assertThat(incidents.take(List.of(finding("o0", TODAY + 20, TODAY + 18, AlertKind.ATTACK, 100, true))))
                .hasSize(1)
                .first()
                .isInstanceOf(Change.Opened.class);
    }

    @Test
    void theTailOfAGlobalFaultIsNoAttack() {
        incidents.take(List.of(finding("o1", TODAY, AlertKind.GLOBAL, 900, true)));

        assertThat(incidents.take(List.of(attack("o0", TODAY + 2, 900)))).isEmpty();
        assertThat(incidents.take(List.of(attack("o0", TODAY + 3, 900)))).hasSize(1);
    }

    @Test
    void aFaultThatWasNoneExplainsNothingAnyMore() {
        incidents.take(List.of(finding("o0", TODAY, AlertKind.GLOBAL, 900, true)));

        assertThat(incidents.take(List.of(attack("o0", TODAY, 900))))
                .hasSize(1)
                .first()
                .isInstanceOf(Change.Opened.class);
        assertThat(incidents.take(List.of(attack("o1", TODAY + 1, 900)))).hasSize(1);
    }

    @Test
    void aFaultThatAnotherReporterStillShowsExplainsOn() {
        Finding fault = finding("o1", TODAY, AlertKind.GLOBAL, 900, true);
        incidents.take(List.of(finding("o0", TODAY, AlertKind.GLOBAL, 900, true), fault));

        assertThat(incidents.take(List.of(attack("o0", TODAY, 900), fault))).isEmpty();
    }

    @Test
    void aFaultWhoseAlertWasClosedByHandExplainsOn() {
        assertThat(incidents.takeAll(
                        List.of(attack("o0", TODAY, 900)), List.of(finding("o1", TODAY, AlertKind.GLOBAL, 900, true))))
                .isEmpty();
    }

    @Test
    void lateEvidenceWithdrawsAnAttackVisibly() {
        Change opened = incidents.take(List.of(attack("o0", TODAY, 900))).getFirst();

        List<Change> later = incidents.take(List.of(finding("o0", TODAY, AlertKind.GLOBAL, 900, true)));

        assertThat(later).hasSize(2).first().isInstanceOf(Change.Withdrawn.class);
        assertThat(later.getFirst().incident()).isEqualTo(opened.incident());
    }

    @Test
    void whatUnverifiedReportsSayExplainsNothingAway() {
        incidents.take(List.of(
                finding("o0", TODAY, AlertKind.ATTACK, 900, false),
                finding("o1", TODAY, AlertKind.GLOBAL, 900, false)));

        assertThat(incidents.take(List.of(attack("o0", TODAY, 900))))
                .hasSize(1)
                .first()
                .isInstanceOf(Change.Opened.class);
    }

    @Test
    void everybodyGivesAnIncidentTheSameName() {
        Change here = incidents.take(List.of(attack("o0", TODAY, 900))).getFirst();
        Change there = new Incidents().take(List.of(attack("o1", TODAY, 10))).getFirst();

        assertThat(here.incident()).isEqualTo(there.incident());
    }
}

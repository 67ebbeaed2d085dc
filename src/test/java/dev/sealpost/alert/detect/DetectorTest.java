package dev.sealpost.alert.detect;

import static dev.sealpost.alert.detect.Scene.TODAY;
import static dev.sealpost.report.ResultType.CERTIFICATE_EXPIRED;
import static dev.sealpost.report.ResultType.CERTIFICATE_HOST_MISMATCH;
import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static dev.sealpost.report.ResultType.STS_POLICY_FETCH_ERROR;
import static dev.sealpost.report.ResultType.TLSA_INVALID;
import static dev.sealpost.report.ResultType.VALIDATION_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.sealpost.report.ResultType;
import org.junit.jupiter.api.Test;

class DetectorTest {
    private static final String[] OTHERS = {"o1", "o2", "o3", "o4", "o5"};

    private final Scene scene = Scene.of(5, 6, 100);

    private Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    @Test
    void nothingIsFoundWhereNothingFails() {
        scene.fine("d0", TODAY, "o0", "o1");

        assertThat(scene.findings("d0", TODAY)).isEmpty();
    }

    @Test
    void oneReporterFailingWhereOthersDoNotIsAnAttack() {
        scene.fails("d0", "o0", TODAY, STARTTLS_NOT_SUPPORTED, 250);
        scene.fine("d0", TODAY, OTHERS);

        Finding finding = only(scene.findings("d0", TODAY));

        assertThat(finding.kind()).isEqualTo(AlertKind.ATTACK);
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        Evidence evidence = finding.evidence();
        assertThat(evidence.failures()).isEqualTo(250);
        assertThat(evidence.since()).isEqualTo(TODAY);
        assertThat(evidence.p()).isLessThan(1e-20);
        assertThat(evidence.expected()).isLessThan(1);
        assertThat(evidence.reporters()).hasSize(5).noneMatch(Witness::sees);
    }

    @Test
    void whatAllReportersSeeIsGlobal() {
        for (String reporter : new String[] {"o0", "o1", "o2", "o3", "o4", "o5"}) {
            scene.fails("d0", reporter, TODAY, STARTTLS_NOT_SUPPORTED, 990);
        }

        assertThat(scene.findings("d0", TODAY)).hasSize(6).allSatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(AlertKind.GLOBAL);
            assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        });
    }

    @Test
    void reportersNameOneFaultDifferently() {
        scene.fails("d0", "o0", TODAY, CERTIFICATE_HOST_MISMATCH, 600);
        for (String reporter : OTHERS) {
            scene.fails("d0", reporter, TODAY, VALIDATION_FAILURE, 600);
        }

        assertThat(scene.findings("d0", TODAY)).hasSize(6).allMatch(found -> found.kind() == AlertKind.GLOBAL);
    }

    @Test
    void oneReporterFailingAtAllDomainsIsStrippedInItsOwnNetwork() {
        failsEverywhere(STARTTLS_NOT_SUPPORTED);

        Finding finding = only(scene.findings("d0", TODAY));

        assertThat(finding.kind()).isEqualTo(AlertKind.EGRESS);
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.evidence().domains()).hasSize(4).allMatch(Witness::sees);
    }

    @Test
    void oneReporterFailingToFetchAllPoliciesIsAFaultOfIts() {
        failsEverywhere(STS_POLICY_FETCH_ERROR);

        assertThat(only(scene.findings("d0", TODAY)).kind()).isEqualTo(AlertKind.SENDER_FAULT);
    }

    @Test
    void aReporterOfTwoDomainsThatFailsAtBothIsAtFaultItself() {
        Scene small = Scene.of(2, 6, 100);
        small.fails("d0", "o0", TODAY, STS_POLICY_FETCH_ERROR, 300);
        small.fine("d0", TODAY, OTHERS);
        small.fine("d1", TODAY, "o0");
        assertThat(only(small.findings("d0", TODAY)).kind()).isNotEqualTo(AlertKind.SENDER_FAULT);

        small.fails("d1", "o0", TODAY, STS_POLICY_FETCH_ERROR, 300);
        assertThat(only(small.findings("d0", TODAY)).kind()).isEqualTo(AlertKind.SENDER_FAULT);
    }

    private void failsEverywhere(ResultType type) {
        for (int domain = 0; domain < 5; domain++) {
            scene.fails("d" + domain, "o0", TODAY, type, 300);
            scene.fine("d" + domain, TODAY, OTHERS);
        }
    }

    @Test
    void anExpiredCertificateIsNobodysAttack() {
        scene.fails("d0", "o0", TODAY, CERTIFICATE_EXPIRED, 900);
        scene.fine("d0", TODAY, OTHERS);

        assertThat(only(scene.findings("d0", TODAY)).kind()).isEqualTo(AlertKind.MISCONFIGURATION);
    }

    @Test
    void oneDayOfValidationFailuresIsTransientAndTwoAreAnAttack() {
        scene.fails("d0", "o0", TODAY, VALIDATION_FAILURE, 100);
        scene.fine("d0", TODAY, OTHERS);
        assertThat(only(scene.findings("d0", TODAY)).kind()).isEqualTo(AlertKind.TRANSIENT);

        scene.fails("d0", "o0", TODAY + 1, VALIDATION_FAILURE, 100);
        scene.fine("d0", TODAY + 1, OTHERS);
        assertThat(scene.findings("d0", TODAY + 1))
                .extracting(Finding::kind)
                .containsExactly(AlertKind.TRANSIENT, AlertKind.ATTACK);
    }

    @Test
    void aMixUpWithAnMxThatTheDomainGaveUpIsStale() {
        scene.day(
                "d0",
                "o0",
                true,
                Scene.cell(TODAY, new Failed(CERTIFICATE_HOST_MISMATCH, 300, List.of(Scene.OLD_HOST), List.of())));
        scene.fine("d0", TODAY, OTHERS);

        Finding finding = only(scene.findings("d0", TODAY));

        assertThat(finding.kind()).isEqualTo(AlertKind.STALE_DNS);
        assertThat(finding.evidence().hosts()).containsExactly(Scene.OLD_HOST);
    }

    @Test
    void onlyReportersThatKnowDaneAreAskedAboutIt() {
        scene.fails("d0", "o0", TODAY, TLSA_INVALID, 500);
        for (int other = 0; other < 20; other++) {
            for (long day = TODAY - 100; day <= TODAY; day++) {
                scene.day("d0", "plain" + other, true, new DayCell(day, Scene.SESSIONS, List.of(), false));
            }
        }
        for (String reporter : OTHERS) {
            scene.fails("d0", reporter, TODAY, TLSA_INVALID, 500);
        }

        assertThat(scene.findings("d0", TODAY)).hasSize(6).allMatch(found -> found.kind() == AlertKind.GLOBAL);
    }

    @Test
    void aSlowAttackIsFoundOverManyDays() {
        for (long day = TODAY; day < TODAY + 14; day++) {
            scene.fails("d0", "o0", day, STARTTLS_NOT_SUPPORTED, 5);
            scene.fine("d0", day, OTHERS);
        }

        assertThat(scene.findings("d0", TODAY + 13))
                .isNotEmpty()
                .allMatch(found -> found.kind() == AlertKind.ATTACK)
                .allMatch(found -> found.evidence().window() >= 4);
    }

    @Test
    void messagesThatWereDeliveredAllTheSameAreMoreUrgent() {
        scene.fails("d0", "o0", TODAY, STARTTLS_NOT_SUPPORTED, 100);
        scene.fine("d0", TODAY, OTHERS);

        assertThat(only(scene.findings("d0", TODAY)).severity()).isEqualTo(Severity.HIGH);
        Finding testing = only(scene.mode(PolicyMode.TESTING).findings("d0", TODAY));
        assertThat(testing.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(testing.exposed()).isTrue();
    }
}

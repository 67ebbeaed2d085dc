package dev.sealpost.alert;

import java.util.List;

import dev.sealpost.alert.detect.Evidence;
import dev.sealpost.alert.detect.Finding;

/**
 * A finding of a round, without the many who were asked: a round may have a hundred thousand.
 *
 * @param finding what was found
 * @param name how the reporter writes itself
 * @param proof JSON; see {@link Proof}
 */
record Judged(Finding finding, String name, String proof) {
    Judged {
        Evidence evidence = finding.evidence();
        finding = new Finding(
                finding.domain(),
                finding.organization(),
                finding.type(),
                finding.day(),
                finding.kind(),
                finding.severity(),
                finding.exposed(),
                new Evidence(
                        evidence.failures(),
                        evidence.sessions(),
                        evidence.expected(),
                        evidence.p(),
                        evidence.pastDays(),
                        evidence.window(),
                        evidence.since(),
                        evidence.supportingDays(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        evidence.verified()));
    }
}

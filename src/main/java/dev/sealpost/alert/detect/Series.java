package dev.sealpost.alert.detect;

import dev.sealpost.report.ResultType;

/**
 * What somebody is told of once: a reporter's failures of one type at a domain, as an attack or as something else.
 *
 * @param domain the policy domain
 * @param organization who reports
 * @param type how sessions failed
 * @param hostile whether it looked like an attack
 * @param verified whether it is known who sent the reports
 */
public record Series(String domain, String organization, ResultType type, boolean hostile, boolean verified) {
    /** The series of a finding, as it is classified. */
    public static Series of(Finding finding) {
        return of(finding, finding.kind().hostile());
    }

    static Series of(Finding finding, boolean hostile) {
        return new Series(
                finding.domain(),
                finding.organization(),
                finding.type(),
                hostile,
                finding.evidence().verified());
    }
}

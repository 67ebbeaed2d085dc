package dev.sealpost.alert.detect;

import dev.sealpost.report.ResultType;

/**
 * A rise of failures, and what it probably is.
 *
 * @param domain the policy domain
 * @param organization who reports it
 * @param type how sessions failed
 * @param day the report day, in days since 1970-01-01 UTC
 * @param kind what it probably is
 * @param severity how urgent
 * @param exposed whether the messages were probably delivered unprotected instead of held back
 * @param evidence why
 */
public record Finding(
        String domain,
        String organization,
        ResultType type,
        long day,
        AlertKind kind,
        Severity severity,
        boolean exposed,
        Evidence evidence) {

    /** The family of the result type. */
    public Family family() {
        return Family.of(type);
    }
}

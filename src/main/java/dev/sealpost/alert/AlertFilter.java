package dev.sealpost.alert;

import java.util.List;
import java.util.Set;

import dev.sealpost.http.Listing;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.report.DomainName;
import dev.sealpost.store.AlertQuestion;

/** The parameters that say which alerts are meant. */
final class AlertFilter {
    static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");
    static final List<String> KINDS =
            List.of("attack", "egress", "global", "misconfiguration", "sender-fault", "stale-dns", "transient", "rule");
    static final List<String> FAMILIES = List.of("starttls", "certificate", "dane", "policy", "other");

    private static final Parameter STATE = Parameter.many(
            "state", "Where it is in its life.", List.of("open", "acknowledged", "resolved", "withdrawn"));
    private static final Parameter SEVERITY = Parameter.many("severity", "How urgent.", SEVERITIES);
    private static final Parameter KIND = Parameter.many("kind", "What it probably is.", KINDS);
    private static final Parameter DOMAIN =
            Parameter.many("domain", "Policy domain, as A-label or U-label.", List.of());
    private static final Parameter FROM =
            Parameter.one("from", "With findings on this UTC day (2026-11-23) or later; no limit if absent.");
    private static final Parameter TO =
            Parameter.one("to", "With findings on this UTC day or before; no limit if absent.");

    /** What the list takes. */
    static final List<Parameter> PARAMETERS = Listing.with(STATE, SEVERITY, KIND, DOMAIN, FROM, TO);

    private AlertFilter() {}

    /** Which alerts are wanted. */
    static AlertQuestion.Wanted wanted(Parameters parameters) {
        return new AlertQuestion.Wanted(
                Set.copyOf(parameters.all(STATE)),
                Set.copyOf(parameters.all(SEVERITY)),
                Set.copyOf(parameters.all(KIND)),
                Set.copyOf(parameters.all(
                        DOMAIN, text -> DomainName.parse(text).map(DomainName::value), "a domain such as example.com")),
                parameters.day(FROM),
                parameters.day(TO));
    }
}

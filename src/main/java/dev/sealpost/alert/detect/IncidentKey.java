package dev.sealpost.alert.detect;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.UUID;

/**
 * What belongs to one incident: the findings of a family at a domain or, where a reporter is the cause, at that reporter.
 * What looks like an attack and what does not are never one.
 *
 * @param place the policy domain or the reporter
 * @param reporter whether the place is a reporter
 * @param family of the result types
 * @param hostile whether it looks like an attack
 * @param verified whether it is known who sent the reports; what others say has incidents of its own
 */
public record IncidentKey(String place, boolean reporter, Family family, boolean hostile, boolean verified)
        implements Comparable<IncidentKey> {
    private static final Comparator<IncidentKey> ORDER = Comparator.comparing(IncidentKey::place)
            .thenComparing(IncidentKey::reporter)
            .thenComparing(IncidentKey::family)
            .thenComparing(IncidentKey::hostile)
            .thenComparing(IncidentKey::verified);

    /** The key of the incident a finding belongs to. */
    public static IncidentKey of(Finding finding) {
        boolean reporter = finding.kind() == AlertKind.EGRESS || finding.kind() == AlertKind.SENDER_FAULT;
        return new IncidentKey(
                reporter ? finding.organization() : finding.domain(),
                reporter,
                finding.family(),
                finding.kind().hostile(),
                finding.evidence().verified());
    }

    /** The same for everybody who sees the same incident open on the same report day. */
    public UUID id(long openedDay) {
        String text = "%s\n%s\n%s\n%s\n%s\n%s".formatted(place, reporter, family.label(), hostile, verified, openedDay);
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All of it as text, the same for equal keys only: the place, which anybody may have chosen, stands last. */
    public String text() {
        return "%s %s %s %s\n%s"
                .formatted(
                        reporter ? "reporter" : "domain",
                        family.label(),
                        hostile ? "hostile" : "benign",
                        verified ? "verified" : "unverified",
                        place);
    }

    @Override
    public int compareTo(IncidentKey other) {
        return ORDER.compare(this, other);
    }
}

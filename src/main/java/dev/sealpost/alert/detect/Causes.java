package dev.sealpost.alert.detect;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Faults that are known, and explain what looks like an attack for some days after: reports come late, caches expire. */
public final class Causes {
    private static final long TAIL = 2;
    /** A fault is seen by some reporters on the day before the others: their days do not all begin at midnight UTC. */
    private static final long AHEAD = 1;

    private final Memory memory;

    Causes(Memory memory) {
        this.memory = memory;
    }

    void learn(Collection<Finding> round) {
        refuted(round).forEach(cause -> memory.forget(cause.key(), cause.day()));
        known(round).forEach(cause -> memory.cause(cause.key(), cause.day()));
    }

    /**
     * A day of a fault.
     *
     * @param key of the incident it belongs to
     * @param day the report day, in days since 1970-01-01 UTC
     */
    public record Cause(IncidentKey key, long day) {}

    /** The days of faults that a round knows. */
    public static Set<Cause> known(Collection<Finding> round) {
        return round.stream()
                .filter(Causes::isCause)
                .map(finding -> new Cause(IncidentKey.of(finding), finding.day()))
                .collect(Collectors.toSet());
    }

    /**
     * The days on which a domain was taken for broken before it was known that others see nothing: a round judges all that was
     * reported of a day, so if it finds an attack there and no fault, there was none.
     */
    public static Set<Cause> refuted(Collection<Finding> round) {
        Set<Cause> refuted = round.stream()
                .filter(finding -> finding.kind().hostile())
                .map(finding -> new Cause(key(finding, finding.domain(), false), finding.day()))
                .collect(Collectors.toSet());
        refuted.removeAll(known(round));
        return refuted;
    }

    /** Whether a finding is a fault that explains others. */
    private static boolean isCause(Finding finding) {
        return finding.kind() == AlertKind.GLOBAL || finding.kind() == AlertKind.SENDER_FAULT;
    }

    /** The keys of faults that could explain a finding. */
    public static List<IncidentKey> keys(Finding finding) {
        return List.of(key(finding, finding.domain(), false), key(finding, finding.organization(), true));
    }

    boolean explain(Finding finding) {
        return keys(finding).stream().anyMatch(key -> near(finding, key));
    }

    private static IncidentKey key(Finding finding, String place, boolean reporter) {
        return new IncidentKey(
                place, reporter, finding.family(), false, finding.evidence().verified());
    }

    private boolean near(Finding finding, IncidentKey key) {
        TreeSet<Long> known = memory.causes.get(key);
        Long last = known == null ? null : known.floor(finding.day() + AHEAD);
        return last != null && finding.day() - last <= TAIL;
    }
}

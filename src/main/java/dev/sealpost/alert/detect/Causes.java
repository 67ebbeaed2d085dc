package dev.sealpost.alert.detect;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Faults that are known, and explain what looks like an attack for some days after: reports come late, caches expire. */
final class Causes {
    private static final long TAIL_OF_GLOBAL = 4;
    private static final long TAIL_OF_SENDER_FAULT = 2;
    /** A fault is seen by some reporters on the day before the others: their days do not all begin at midnight UTC. */
    private static final long AHEAD = 1;

    private final Map<IncidentKey, TreeSet<Long>> days = new HashMap<>();

    void add(Finding finding) {
        if (finding.kind() == AlertKind.GLOBAL || finding.kind() == AlertKind.SENDER_FAULT) {
            days.computeIfAbsent(IncidentKey.of(finding), key -> new TreeSet<>())
                    .add(finding.day());
        }
    }

    boolean explain(Finding finding) {
        return near(finding, finding.domain(), false, TAIL_OF_GLOBAL)
                || near(finding, finding.organization(), true, TAIL_OF_SENDER_FAULT);
    }

    private boolean near(Finding finding, String place, boolean reporter, long tail) {
        TreeSet<Long> known = days.get(new IncidentKey(
                place, reporter, finding.family(), false, finding.evidence().verified()));
        Long last = known == null ? null : known.floor(finding.day() + AHEAD);
        return last != null && finding.day() - last <= tail;
    }
}

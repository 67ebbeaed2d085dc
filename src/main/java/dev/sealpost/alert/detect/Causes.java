package dev.sealpost.alert.detect;

import java.util.List;
import java.util.TreeSet;

/** Faults that are known, and explain what looks like an attack for some days after: reports come late, caches expire. */
public final class Causes {
    private static final long TAIL_OF_GLOBAL = 4;
    private static final long TAIL_OF_SENDER_FAULT = 2;
    /** A fault is seen by some reporters on the day before the others: their days do not all begin at midnight UTC. */
    private static final long AHEAD = 1;

    private final Memory memory;

    Causes(Memory memory) {
        this.memory = memory;
    }

    void add(Finding finding) {
        if (isCause(finding)) {
            memory.cause(IncidentKey.of(finding), finding.day());
        }
    }

    /** Whether a finding is a fault that explains others. */
    public static boolean isCause(Finding finding) {
        return finding.kind() == AlertKind.GLOBAL || finding.kind() == AlertKind.SENDER_FAULT;
    }

    /** The keys of faults that could explain a finding. */
    public static List<IncidentKey> keys(Finding finding) {
        return List.of(key(finding, finding.domain(), false), key(finding, finding.organization(), true));
    }

    boolean explain(Finding finding) {
        return near(finding, key(finding, finding.domain(), false), TAIL_OF_GLOBAL)
                || near(finding, key(finding, finding.organization(), true), TAIL_OF_SENDER_FAULT);
    }

    private static IncidentKey key(Finding finding, String place, boolean reporter) {
        return new IncidentKey(
                place, reporter, finding.family(), false, finding.evidence().verified());
    }

    private boolean near(Finding finding, IncidentKey key, long tail) {
        TreeSet<Long> known = memory.causes.get(key);
        Long last = known == null ? null : known.floor(finding.day() + AHEAD);
        return last != null && finding.day() - last <= tail;
    }
}

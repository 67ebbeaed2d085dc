package dev.sealpost.alert.detect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.sealpost.report.ResultType;
import org.jspecify.annotations.Nullable;

/**
 * Gathers findings into incidents, and says what is new: each round may bring the same findings again, changed ones and late
 * ones. Not thread-safe.
 */
public final class Incidents {
    /** An incident ends after so many days without a finding. */
    static final long QUIET_DAYS = 7;

    private static final double ESCALATION = 3;

    /** Later days first: of what is new in a series, the latest day is told. */
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::domain)
            .thenComparing(Finding::organization)
            .thenComparing(finding -> finding.type().value())
            .thenComparing(finding -> finding.evidence().verified())
            .thenComparing(Comparator.comparingLong(Finding::day).reversed());

    private final Map<IncidentKey, Open> open = new HashMap<>();
    private final Map<Series, Told> told = new HashMap<>();
    private final Causes causes = new Causes();

    private record Series(String domain, String organization, ResultType type, boolean hostile, boolean verified) {
        static Series of(Finding finding, boolean hostile) {
            return new Series(
                    finding.domain(),
                    finding.organization(),
                    finding.type(),
                    hostile,
                    finding.evidence().verified());
        }
    }

    /** What is known of a series: its last finding, and the highest rate that was told. */
    private record Told(UUID incident, long day, double rate) {}

    private record Open(UUID id, long lastDay) {}

    /**
     * Takes the findings of one round, in any order.
     *
     * @return by domain, reporter and result type
     */
    public List<Change> take(Collection<Finding> round) {
        List<Finding> findings = round.stream().sorted(ORDER).toList();
        findings.forEach(causes::add);
        List<Change> changes = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.kind().hostile() && !causes.explain(finding)) {
                take(finding, changes);
            } else if (!finding.kind().hostile()) {
                withdraw(finding, changes);
                take(finding, changes);
            }
        }
        return changes;
    }

    private void withdraw(Finding finding, List<Change> changes) {
        Series hostile = Series.of(finding, true);
        Told attack = told.get(hostile);
        if (attack != null && attack.day() == finding.day() && finding.kind() != AlertKind.TRANSIENT) {
            told.remove(hostile);
            changes.add(new Change.Withdrawn(attack.incident(), finding));
        }
    }

    private void take(Finding finding, List<Change> changes) {
        IncidentKey key = IncidentKey.of(finding);
        Open incident = open.get(key);
        boolean fresh = incident == null || finding.day() - incident.lastDay() > QUIET_DAYS;
        if (incident == null || fresh) {
            incident = new Open(key.id(finding.day()), finding.day());
        }
        UUID id = incident.id();
        open.put(key, new Open(id, Math.max(incident.lastDay(), finding.day())));

        Series series = Series.of(finding, finding.kind().hostile());
        Told before = recent(series, finding.day());
        double rate = finding.evidence().rate();
        if (before == null) {
            told.put(series, new Told(id, finding.day(), rate));
        } else {
            told.put(series, new Told(id, Math.max(before.day(), finding.day()), Math.max(before.rate(), rate)));
        }
        if (fresh) {
            changes.add(new Change.Opened(id, finding));
        } else if (before == null) {
            changes.add(new Change.Joined(id, finding));
        } else if (rate >= ESCALATION * before.rate()) {
            changes.add(new Change.Escalated(id, finding));
        }
    }

    private @Nullable Told recent(Series series, long day) {
        Told before = told.get(series);
        return before == null || day - before.day() > QUIET_DAYS ? null : before;
    }
}

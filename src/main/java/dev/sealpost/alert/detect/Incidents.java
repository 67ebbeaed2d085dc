package dev.sealpost.alert.detect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Gathers findings into incidents, and says what is new: each round may bring the same findings again, changed ones and late
 * ones. Not thread-safe.
 */
public final class Incidents {
    /** An incident ends after so many days without a finding. */
    public static final long QUIET_DAYS = 7;

    private static final double ESCALATION = 3;

    /** Later days first: of what is new in a series, the latest day is told. */
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::domain)
            .thenComparing(Finding::organization)
            .thenComparing(finding -> finding.type().value())
            .thenComparing(finding -> finding.evidence().verified())
            .thenComparing(Comparator.comparingLong(Finding::day).reversed());

    private final Memory memory;
    private final Causes causes;

    /** Remembers nothing yet. */
    public Incidents() {
        this(new Memory());
    }

    /** Goes on where somebody left off. */
    public Incidents(Memory memory) {
        this.memory = memory;
        this.causes = new Causes(memory);
    }

    /**
     * Takes the findings of one round, in any order.
     *
     * @return what is new, by domain, reporter and result type
     */
    public List<Change> take(Collection<Finding> round) {
        return takeAll(round, List.of()).stream()
                .filter(change -> !(change instanceof Change.Continued))
                .toList();
    }

    /**
     * The same, and where every other finding that counts belongs.
     *
     * @param closed findings of the round that only explain others
     */
    public List<Change> takeAll(Collection<Finding> round, Collection<Finding> closed) {
        List<Finding> findings = round.stream().sorted(ORDER).toList();
        causes.learn(Stream.concat(findings.stream(), closed.stream()).toList());
        List<Finding> counting = findings.stream()
                .filter(finding -> !finding.kind().hostile() || !causes.explain(finding))
                .toList();
        Map<IncidentKey, NavigableMap<Long, UUID>> incidents = incidents(counting);
        Set<UUID> fresh = new HashSet<>();
        incidents.forEach((key, days) -> {
            fresh.addAll(days.values());
            Memory.Open before = memory.open.get(key);
            fresh.remove(before == null ? null : before.id());
            memory.open(
                    key,
                    days.lastEntry().getValue(),
                    Math.max(days.lastKey(), before == null ? Long.MIN_VALUE : before.lastDay()));
        });
        List<Change> changes = new ArrayList<>();
        for (Finding finding : findings) {
            boolean explained = finding.kind().hostile() && causes.explain(finding);
            if (explained || !finding.kind().hostile()) {
                withdraw(finding, changes);
            }
            if (!explained) {
                UUID incident = Objects.requireNonNull(Objects.requireNonNull(incidents.get(IncidentKey.of(finding)))
                        .get(finding.day()));
                take(finding, incident, fresh.remove(incident), changes);
            }
        }
        return changes;
    }

    /** To which incident the days of each key belong: one that goes on, or one that begins with the first of them. */
    private Map<IncidentKey, NavigableMap<Long, UUID>> incidents(List<Finding> findings) {
        Map<IncidentKey, NavigableMap<Long, Long>> since = new HashMap<>();
        for (Finding finding : findings) {
            since.computeIfAbsent(IncidentKey.of(finding), absent -> new TreeMap<>())
                    .merge(finding.day(), finding.evidence().since(), Math::min);
        }
        Map<IncidentKey, NavigableMap<Long, UUID>> incidents = new HashMap<>();
        since.forEach((key, days) -> {
            NavigableMap<Long, UUID> ids = new TreeMap<>();
            Memory.Open last = memory.open.get(key);
            for (Map.Entry<Long, Long> day : days.entrySet()) {
                if (last == null || quiet(last.lastDay(), day.getKey(), day.getValue())) {
                    last = new Memory.Open(key.id(day.getKey()), day.getKey());
                }
                last = new Memory.Open(last.id(), Math.max(last.lastDay(), day.getKey()));
                ids.put(day.getKey(), last.id());
            }
            incidents.put(key, ids);
        });
        return incidents;
    }

    private void withdraw(Finding finding, List<Change> changes) {
        Series hostile = Series.of(finding, true);
        Memory.Told attack = memory.told.get(hostile);
        if (attack != null && attack.day() == finding.day() && finding.kind() != AlertKind.TRANSIENT) {
            memory.told.remove(hostile);
            changes.add(new Change.Withdrawn(attack.incident(), finding));
        }
    }

    private void take(Finding finding, UUID incident, boolean fresh, List<Change> changes) {
        Series series = Series.of(finding);
        Memory.Told before = before(finding);
        double rate = finding.evidence().rate();
        if (before == null) {
            memory.told(series, incident, finding.day(), rate);
        } else {
            memory.told(series, incident, Math.max(before.day(), finding.day()), Math.max(before.rate(), rate));
        }
        if (fresh) {
            changes.add(new Change.Opened(incident, finding));
        } else if (before == null) {
            changes.add(new Change.Joined(incident, finding));
        } else if (rate >= ESCALATION * before.rate()) {
            changes.add(new Change.Escalated(incident, finding));
        } else {
            changes.add(new Change.Continued(incident, finding));
        }
    }

    /** What was told of the series of a finding, if the finding goes on with it: by its own past, or for few days lie between. */
    private Memory.@Nullable Told before(Finding finding) {
        Memory.Told before = memory.told.get(Series.of(finding));
        return before == null
                        || quiet(before.day(), finding.day(), finding.evidence().since())
                ? null
                : before;
    }

    /** Whether what was found until a day had ended before what is found on a later one began. */
    private static boolean quiet(long before, long day, long since) {
        return day - before > QUIET_DAYS && since > before;
    }
}

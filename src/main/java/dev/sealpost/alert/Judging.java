package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sealpost.alert.detect.Detector;
import dev.sealpost.alert.detect.DomainDays;
import dev.sealpost.alert.detect.Finding;
import dev.sealpost.alert.detect.PolicyMode;
import dev.sealpost.alert.detect.Series;

/** Judges domains, a few at a time. Not thread-safe. */
final class Judging {
    private final Cells cells;
    private final TableSurroundings surroundings;
    private final Proofs proofs;
    private final LocalDate today;

    Judging(Cells cells, TableSurroundings surroundings, Proofs proofs, LocalDate today) {
        this.cells = cells;
        this.surroundings = surroundings;
        this.proofs = proofs;
        this.today = today;
    }

    /** What is found at these domains, and the days of them. */
    record Found(List<Judged> findings, Loaded loaded) {}

    /**
     * Judges domains.
     *
     * @param going asked at each of them, for one domain of very many series may take long; when it says no, the rest is left out
     */
    Found judge(Map<String, Span> domains, RoundWork.Going going) {
        Loaded loaded = cells.load(domains.keySet(), today);
        surroundings.enter(loaded);
        Detector detector = new Detector(surroundings, today.toEpochDay());
        Set<String> suspicious = new HashSet<>();
        domains.forEach((domain, span) -> {
            DomainDays days = new DomainDays(domain, loaded.histories(domain), PolicyMode.UNKNOWN, Set.of());
            if (going.on() && !detector.findings(days, span.from().toEpochDay()).isEmpty()) {
                suspicious.add(domain);
            }
        });
        // The policies of the few alone: each costs some questions.
        Map<String, Policies.Known> policies = cells.policies(suspicious, today);
        List<Judged> judged = new ArrayList<>();
        domains.forEach((domain, span) -> {
            if (suspicious.contains(domain) && going.on()) {
                Policies.Known known = policies.getOrDefault(domain, Policies.Known.NOTHING);
                DomainDays days = new DomainDays(domain, loaded.histories(domain), known.mode(), known.formerHosts());
                judged.addAll(judged(detector.findings(days, span.from().toEpochDay()), known.mode(), loaded));
            }
        });
        return new Found(judged, loaded);
    }

    private List<Judged> judged(List<Finding> findings, PolicyMode mode, Loaded loaded) {
        Map<Series, Finding> last = new HashMap<>();
        findings.forEach(finding ->
                last.merge(Series.of(finding), finding, (one, other) -> one.day() >= other.day() ? one : other));
        return findings.stream()
                .map(finding -> new Judged(
                        finding,
                        loaded.name(finding.organization()),
                        proofs.text(
                                finding.equals(last.get(Series.of(finding)))
                                        ? proofs.of(finding, mode, loaded::name)
                                        : proofs.brief(finding, mode))))
                .toList();
    }
}

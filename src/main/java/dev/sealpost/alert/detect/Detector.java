package dev.sealpost.alert.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import dev.sealpost.report.ResultType;

/**
 * Finds rises of failures at a domain and says what they probably are. The answer is a function of the days given: their order
 * of arrival cannot be told from it. Stateless, but what it is given must not change meanwhile.
 */
public final class Detector {
    /** How many days of a series decide. */
    public static final int DAYS_NEEDED = Past.DAYS;

    private static final Comparator<Finding> ORDER = Comparator.comparingLong(Finding::day)
            .thenComparing(Finding::organization)
            .thenComparing(finding -> finding.type().value())
            .thenComparing(finding -> finding.evidence().verified());
    private static final double LEAST_RATE = 1e-6;
    private static final double SHRINKAGE = 3;
    private static final double STARTING_SESSIONS = 1e5;

    private final Surroundings surroundings;
    private final long lastDay;
    private final Map<History, Map<ResultType, SeriesScan>> scans = new HashMap<>();
    private final Scratch scratch = new Scratch();

    /**
     * Starts a round.
     *
     * @param surroundings what is known outside a domain
     * @param lastDay the last day that is known, in days since 1970-01-01 UTC
     */
    public Detector(Surroundings surroundings, long lastDay) {
        this.surroundings = surroundings;
        this.lastDay = lastDay;
    }

    /**
     * Judges the later days of a domain.
     *
     * @param domain what is known of it
     * @param from first day to judge
     * @return by day, reporter and result type
     */
    public List<Finding> findings(DomainDays domain, long from) {
        List<Finding> findings = new ArrayList<>();
        for (History history : domain.histories()) {
            for (ResultType type : history.types()) {
                if (Glance.finds(history, type, from, lastDay)) {
                    for (Candidate candidate : scan(history, type).candidates()) {
                        if (candidate.day() >= from) {
                            findings.add(finding(domain, candidate));
                        }
                    }
                }
            }
        }
        if (FirstDays.possible(domain.histories(), lastDay - from + 1)) {
            findings.addAll(firstDays(domain, from, findings));
        }
        findings.sort(ORDER);
        return findings;
    }

    private List<Finding> firstDays(DomainDays domain, long from, List<Finding> found) {
        FirstDays young = new FirstDays(this::priorRate);
        return LongStream.rangeClosed(from, lastDay)
                .mapToObj(day -> young.candidates(domain.histories(), day))
                .flatMap(List::stream)
                .map(candidate -> finding(domain, candidate))
                .filter(finding -> finding.kind() == AlertKind.GLOBAL || finding.kind() == AlertKind.MISCONFIGURATION)
                .filter(finding -> found.stream().noneMatch(other -> ORDER.compare(other, finding) == 0))
                .toList();
    }

    private SeriesScan scan(History history, ResultType type) {
        return scans.computeIfAbsent(history, absent -> new HashMap<>())
                .computeIfAbsent(
                        type,
                        absent -> new SeriesScan(history, type, priorRate(history, type), lastDay, scratch.cleaned()));
    }

    /** The rate of a series nothing is known of yet: the worse of what its reporter and its domain are used to. */
    private double priorRate(History history, ResultType type) {
        double starting = TypeModel.of(type).startingRate();
        double everywhere = surroundings.everywhere().rate(type, lastDay, starting, starting * STARTING_SESSIONS);
        double expected = Math.max(everywhere, LEAST_RATE);
        return Math.max(
                surroundings.reporter(history.organization()).rate(type, lastDay, expected, SHRINKAGE),
                surroundings.domain(history.domain()).rate(type, lastDay, expected, SHRINKAGE));
    }

    private Finding finding(DomainDays domain, Candidate candidate) {
        History history = candidate.history();
        Testimony reporters = Testimony.of(
                candidate, domain.histories(), Family.of(candidate.type()).breadth(), this::scan);
        Testimony domains = Testimony.of(
                candidate, surroundings.domainsOf(history.organization()), Breadth.OF_A_REPORTER, this::scan);
        AlertKind kind = new Classifier(domain.formerHosts()).kind(candidate, reporters, domains);
        return new Finding(
                domain.domain(),
                history.organization(),
                candidate.type(),
                candidate.day(),
                kind,
                Urgency.of(kind, candidate, domains, domain.mode()),
                Urgency.exposed(candidate, domain.mode()),
                evidence(candidate, reporters, domains));
    }

    private static Evidence evidence(Candidate candidate, Testimony reporters, Testimony domains) {
        Failed failed = candidate.history().failed(candidate.type(), candidate.day());
        return new Evidence(
                candidate.failures(),
                candidate.sessions(),
                candidate.expected(),
                candidate.p(),
                candidate.pastDays(),
                candidate.window(),
                candidate.since(),
                candidate.supportingDays(),
                reporters.witnesses(),
                domains.witnesses(),
                failed.hosts(),
                failed.networks(),
                candidate.history().verified());
    }
}

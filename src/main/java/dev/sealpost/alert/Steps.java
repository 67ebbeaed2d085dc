package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sealpost.alert.detect.Causes;
import dev.sealpost.alert.detect.Change;
import dev.sealpost.alert.detect.Finding;
import dev.sealpost.alert.detect.IncidentKey;
import dev.sealpost.alert.detect.Incidents;
import dev.sealpost.alert.detect.Memory;
import dev.sealpost.alert.detect.Series;
import dev.sealpost.report.ResultType;
import dev.sealpost.store.AlertRow;
import dev.sealpost.store.AlertSeries;
import dev.sealpost.store.AlertSession;

/** Takes the incidents up where the tables left them, and goes on with what a round found. */
final class Steps {
    /** Older alerts, and older faults, have no bearing on days within the longest horizon. */
    private static final int REMEMBERED_DAYS = 60;

    private final AlertSession session;
    private final LocalDate since;
    private final Map<IncidentKey, LocalDate> closed = new HashMap<>();
    private final Memory memory = new Memory();

    Steps(AlertSession session, LocalDate today) {
        this.session = session;
        this.since = today.minusDays(REMEMBERED_DAYS);
    }

    /**
     * What findings add to alerts.
     *
     * @param explained series that findings explain away
     */
    record Taken(List<Step> steps, List<AlertSeries> explained) {}

    /**
     * Takes the findings of a round.
     *
     * @param told the series of the round's domains that are told
     */
    Taken take(List<Judged> round, List<AlertSeries> told) {
        IdentityHashMap<Finding, Judged> judged = new IdentityHashMap<>();
        round.forEach(each -> judged.put(each.finding(), each));
        List<Finding> all = round.stream().map(Judged::finding).toList();
        remember(all, told);
        Map<Boolean, List<Finding>> closed = all.stream().collect(Collectors.partitioningBy(this::isClosed));
        List<Step> steps = new ArrayList<>();
        List<AlertSeries> explained = new ArrayList<>();
        for (Change change : new Incidents(memory)
                .takeAll(Objects.requireNonNull(closed.get(false)), Objects.requireNonNull(closed.get(true)))) {
            Judged each = Objects.requireNonNull(judged.get(change.finding()));
            switch (change) {
                case Change.Withdrawn withdrawn -> explained.addAll(explained(withdrawn, told));
                case Change.Opened opened -> steps.add(step(change, Step.Novelty.OPENED, each));
                case Change.Joined joined -> steps.add(step(change, Step.Novelty.JOINED, each));
                case Change.Escalated escalated -> steps.add(step(change, Step.Novelty.ESCALATED, each));
                case Change.Continued continued -> steps.add(step(change, Step.Novelty.CONTINUED, each));
            }
        }
        session.forgetCauses(rows(Causes.refuted(all)));
        session.putCauses(rows(Causes.known(all)));
        return new Taken(steps, explained);
    }

    private static List<AlertSession.Cause> rows(Set<Causes.Cause> causes) {
        return causes.stream()
                .map(cause -> new AlertSession.Cause(cause.key().text(), Days.of(cause.day())))
                .toList();
    }

    private void remember(List<Finding> findings, List<AlertSeries> told) {
        Map<String, IncidentKey> keys = findings.stream()
                .map(IncidentKey::of)
                .distinct()
                .collect(Collectors.toMap(IncidentKey::text, key -> key));
        Past.of(session.ofKeys(keys.keySet(), since)).forEach((text, past) -> {
            IncidentKey key = Objects.requireNonNull(keys.get(text));
            AlertRow newest = past.goesOn();
            if (newest != null) {
                memory.open(key, newest.id(), newest.lastDay().toEpochDay());
            }
            LocalDate day = past.closed();
            if (day != null) {
                closed.put(key, day);
            }
        });
        told.stream()
                .filter(series -> !series.kind().equals("rule"))
                .sorted((one, other) -> one.lastDay().compareTo(other.lastDay()))
                .forEach(series -> memory.told(
                        series(series), series.alert(), series.lastDay().toEpochDay(), series.rate()));
        Map<String, IncidentKey> causes = new HashMap<>();
        findings.forEach(finding -> Causes.keys(finding).forEach(key -> causes.put(key.text(), key)));
        session.causes(causes.keySet(), since)
                .forEach(cause -> memory.cause(
                        Objects.requireNonNull(causes.get(cause.key())),
                        cause.day().toEpochDay()));
    }

    /** A person closed the alert of such findings up to a day. */
    private boolean isClosed(Finding finding) {
        LocalDate day = closed.get(IncidentKey.of(finding));
        return day != null && !Days.of(finding.day()).isAfter(day);
    }

    static Series series(AlertSeries series) {
        return new Series(
                series.domain(),
                series.organization(),
                new ResultType(series.resultType()),
                series.hostile(),
                series.verified());
    }

    private static List<AlertSeries> explained(Change.Withdrawn withdrawn, List<AlertSeries> told) {
        Finding finding = withdrawn.finding();
        Series attack = new Series(
                finding.domain(),
                finding.organization(),
                finding.type(),
                true,
                finding.evidence().verified());
        return told.stream()
                .filter(series -> series.alert().equals(withdrawn.incident()) && attack.equals(series(series)))
                .toList();
    }

    private static Step step(Change change, Step.Novelty novelty, Judged judged) {
        Finding finding = judged.finding();
        IncidentKey key = IncidentKey.of(finding);
        return new Step(
                change.incident(),
                novelty,
                new Step.Frame(
                        key.text(),
                        key.reporter() ? judged.name() : key.place(),
                        key.reporter(),
                        key.family().label(),
                        key.hostile(),
                        key.verified(),
                        null,
                        null),
                new Step.Part(
                        finding.domain(),
                        finding.organization(),
                        judged.name(),
                        finding.type().value(),
                        finding.kind().label(),
                        finding.severity().label(),
                        Days.of(finding.day()),
                        finding.evidence().rate(),
                        judged.proof()));
    }
}

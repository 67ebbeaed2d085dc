package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import dev.sealpost.alert.detect.History;
import dev.sealpost.report.ResultType;

/** Says whether a rule holds on a day of a domain: a function of the days alone, so a rule can be tried on the past. */
final class RuleJudge {
    private static final int PAST_DAYS = 14;
    private static final int USUAL_DAYS = 12;
    private static final int BEFORE = 112;
    private static final int TYPES = 5;

    private RuleJudge() {}

    /** Where the rule holds. */
    static List<RuleHit> hits(Rule rule, String domain, Loaded loaded, LocalDate day) {
        return switch (rule.kind()) {
            case FAILURE -> failures(rule, domain, loaded, day);
            case FAILURE_RATE -> rate(rule, domain, loaded, day);
            case FIRST_FAILURE -> first(rule, domain, loaded, day);
            case REPORTER_SILENT -> silentReporters(rule, domain, loaded, day);
            case DOMAIN_SILENT -> silentDomain(rule, domain, loaded, day);
            case UNCLAIMED_FLOOD, MAILBOX_FAILING -> List.of();
        };
    }

    private static List<RuleHit> failures(Rule rule, String domain, Loaded loaded, LocalDate day) {
        List<RuleHit> hits = new ArrayList<>();
        for (History history : loaded.histories(domain)) {
            for (ResultType type : history.types()) {
                long failed = history.failures(type, day.toEpochDay());
                if (rule.counts(history.verified()) && rule.isForType(type.value()) && failed >= rule.failures()) {
                    hits.add(hit(rule, history, loaded, type, day));
                }
            }
        }
        return hits.stream().map(RuleHit::organization).distinct().count() >= rule.reporters() ? hits : List.of();
    }

    private static RuleHit hit(Rule rule, History history, Loaded loaded, ResultType type, LocalDate day) {
        long failed = history.failures(type, day.toEpochDay());
        long sessions = history.sessions(day.toEpochDay());
        String name = loaded.name(history.organization());
        return new RuleHit(
                rule,
                history.domain(),
                history.organization(),
                name,
                type.value(),
                history.verified(),
                day,
                failed,
                sessions,
                "%s on %s of %s to %s, reported by %s"
                        .formatted(
                                type.value(),
                                Plain.number(failed),
                                Plain.count(sessions, "session", "sessions"),
                                history.domain(),
                                name),
                List.of());
    }

    private static List<RuleHit> rate(Rule rule, String domain, Loaded loaded, LocalDate day) {
        Loaded.Total total = loaded.total(domain, day);
        double rate = (double) total.failed() / Math.max(1, total.sessions());
        if (total.sessions() < rule.sessions() || rate <= rule.rate()) {
            return List.of();
        }
        String text = "%s of all %s to %s failed, more than %s"
                .formatted(
                        Plain.percent(rate),
                        Plain.count(total.sessions(), "session", "sessions"),
                        domain,
                        Plain.percent(rule.rate()));
        return List.of(new RuleHit(
                rule,
                domain,
                "",
                "",
                "",
                true,
                day,
                total.failed(),
                total.sessions(),
                text,
                types(domain, loaded, day)));
    }

    /** The failures that verified reports detail, most first. */
    private static List<Proof.Place> types(String domain, Loaded loaded, LocalDate day) {
        Map<String, Long> failed = new TreeMap<>();
        loaded.histories(domain).stream()
                .filter(History::verified)
                .forEach(history -> history.types()
                        .forEach(type -> failed.merge(
                                type.value(),
                                history.failures(type, day.toEpochDay()),
                                (one, more) -> one > Long.MAX_VALUE - more ? Long.MAX_VALUE : one + more)));
        return failed.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(TYPES)
                .map(each -> new Proof.Place(each.getKey(), each.getValue()))
                .toList();
    }

    private static List<RuleHit> first(Rule rule, String domain, Loaded loaded, LocalDate day) {
        long at = day.toEpochDay();
        List<RuleHit> hits = new ArrayList<>();
        for (RuleHit hit : failures(rule, domain, loaded, day)) {
            ResultType type = new ResultType(hit.resultType());
            boolean before = loaded.histories(domain).stream()
                    .filter(history -> rule.counts(history.verified()))
                    .anyMatch(history ->
                            LongStream.range(at - BEFORE, at).anyMatch(earlier -> history.failures(type, earlier) > 0));
            if (!before) {
                hits.add(hit);
            }
        }
        return hits;
    }

    private static List<RuleHit> silentReporters(Rule rule, String domain, Loaded loaded, LocalDate day) {
        long last = day.toEpochDay() - rule.days();
        List<RuleHit> hits = new ArrayList<>();
        for (History history : loaded.histories(domain)) {
            boolean silent = LongStream.rangeClosed(last + 1, day.toEpochDay()).noneMatch(history::reported);
            List<Long> reported = LongStream.rangeClosed(last - PAST_DAYS + 1, last)
                    .filter(history::reported)
                    .boxed()
                    .toList();
            long sessions = reported.stream().mapToLong(history::sessions).sum();
            if (rule.counts(history.verified())
                    && silent
                    && reported.size() >= USUAL_DAYS
                    && sessions >= rule.sessions() * reported.size()) {
                String name = loaded.name(history.organization());
                hits.add(new RuleHit(
                        rule,
                        domain,
                        history.organization(),
                        name,
                        "",
                        history.verified(),
                        day,
                        0,
                        0,
                        "%s reported about %s on %d of %d days and has not for %d days"
                                .formatted(name, domain, reported.size(), PAST_DAYS, rule.days()),
                        List.of()));
            }
        }
        return hits;
    }

    private static List<RuleHit> silentDomain(Rule rule, String domain, Loaded loaded, LocalDate day) {
        long last = day.toEpochDay() - rule.days();
        List<History> counting = loaded.histories(domain).stream()
                .filter(history -> rule.counts(history.verified()))
                .toList();
        boolean silent = counting.stream()
                .noneMatch(history ->
                        LongStream.rangeClosed(last + 1, day.toEpochDay()).anyMatch(history::reported));
        boolean before = counting.stream()
                .anyMatch(history ->
                        LongStream.rangeClosed(last - PAST_DAYS + 1, last).anyMatch(history::reported));
        return silent && before
                ? List.of(new RuleHit(
                        rule,
                        domain,
                        "",
                        "",
                        "",
                        true,
                        day,
                        0,
                        0,
                        "nobody has reported about " + domain + " for " + rule.days() + " days",
                        List.of()))
                : List.of();
    }
}

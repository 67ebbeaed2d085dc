package dev.sealpost.alert;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

import dev.sealpost.alert.detect.Family;
import dev.sealpost.alert.detect.Incidents;
import dev.sealpost.report.ResultType;
import dev.sealpost.store.AlertRow;
import dev.sealpost.store.AlertSession;
import org.jspecify.annotations.Nullable;

/** Gathers what rules saw into alerts: one a rule and domain, until it was quiet for some days. */
final class RuleSteps {
    private static final int REMEMBERED_DAYS = 60;

    private RuleSteps() {}

    /** What hits add to alerts. */
    static List<Step> steps(AlertSession session, List<RuleHit> hits, LocalDate today, Function<Proof, String> text) {
        Map<String, List<RuleHit>> byKey = new TreeMap<>();
        hits.forEach(hit ->
                byKey.computeIfAbsent(hit.key(), key -> new ArrayList<>()).add(hit));
        Map<String, Past> pasts = Past.of(session.ofKeys(byKey.keySet(), today.minusDays(REMEMBERED_DAYS)));
        List<Step> steps = new ArrayList<>();
        byKey.forEach((key, all) -> add(key, all, pasts.get(key), steps, text));
        return steps;
    }

    private static void add(
            String key, List<RuleHit> hits, @Nullable Past past, List<Step> steps, Function<Proof, String> text) {
        LocalDate closed = past == null ? null : past.closed();
        AlertRow known = past == null ? null : past.goesOn();
        UUID alert = known == null ? null : known.id();
        LocalDate last = known == null ? LocalDate.MIN : known.lastDay();
        for (RuleHit hit :
                hits.stream().sorted(Comparator.comparing(RuleHit::day)).toList()) {
            if (closed == null || hit.day().isAfter(closed)) {
                boolean fresh = alert == null || ChronoUnit.DAYS.between(last, hit.day()) > Incidents.QUIET_DAYS;
                if (alert == null || fresh) {
                    alert = UUID.nameUUIDFromBytes((key + "\n" + hit.day()).getBytes(StandardCharsets.UTF_8));
                }
                last = last.isAfter(hit.day()) ? last : hit.day();
                steps.add(step(alert, fresh, key, hit, text));
            }
        }
    }

    private static Step step(UUID alert, boolean fresh, String key, RuleHit hit, Function<Proof, String> text) {
        Rule rule = hit.rule();
        return new Step(
                alert,
                fresh ? Step.Novelty.OPENED : Step.Novelty.CONTINUED,
                new Step.Frame(
                        key,
                        hit.domain().isEmpty() ? null : hit.domain(),
                        false,
                        hit.resultType().isEmpty()
                                ? ""
                                : Family.of(new ResultType(hit.resultType())).label(),
                        false,
                        hit.verified(),
                        rule.id(),
                        rule.tenant()),
                new Step.Part(
                        hit.domain(),
                        hit.organization(),
                        hit.name(),
                        hit.resultType(),
                        "rule",
                        rule.severity(),
                        hit.day(),
                        (double) hit.failures() / Math.max(1, hit.sessions()),
                        text.apply(hit.proof())));
    }
}

package dev.sealpost.alert;

import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import jakarta.inject.Singleton;

import dev.sealpost.alert.detect.Incidents;
import dev.sealpost.http.Problem;
import dev.sealpost.report.DomainName;
import dev.sealpost.watch.WatchedDomains;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Tries a rule on the last days, of the domains that the caller sees. */
@Singleton
class RulePreview {
    private static final int DAYS = 90;
    private static final int BEFORE = 112;
    private static final int MOST_DOMAINS = 200;
    private static final int AT_ONCE = 20;
    private static final int MOST_ALERTS = 1_000;

    private final Cells cells;
    private final WatchedDomains watched;
    private final Clock clock;

    RulePreview(Cells cells, WatchedDomains watched, Clock clock) {
        this.cells = cells;
        this.watched = watched;
        this.clock = clock;
    }

    /** What a rule would have raised. */
    @Schema(name = "AlertRulePreview")
    record Preview(
            @Schema(description = "First UTC day") LocalDate from,
            @Schema(description = "Last UTC day, included") LocalDate to,

            @Schema(description = "How many domains were looked at, at most 200")
            long domains,

            @Schema(description = "The alerts there would have been, at most 1,000")
            List<Item> alerts) {}

    /** An alert there would have been. */
    @Schema(name = "AlertRulePreviewItem")
    record Item(
            String domain,
            @Schema(description = "Its first report day") LocalDate openedDay,
            @Schema(description = "Its last report day") LocalDate lastDay,

            @Schema(description = "On how many days the rule held")
            long days,

            @Schema(description = "What it saw first, in plain words")
            String text) {}

    /** Tries a rule. */
    Preview of(Rule rule) {
        if (rule.kind().ofInstallation()) {
            throw Problem.badParameter("kind", "a rule about the installation cannot be tried on the past", List.of())
                    .exception();
        }
        LocalDate to = Days.today(clock);
        LocalDate from = to.minusDays(DAYS - 1L);
        List<String> named = rule.terms().domains();
        List<String> domains = (named == null || named.isEmpty()
                        ? cells.reported(from, MOST_DOMAINS).stream()
                        : named.stream())
                .filter(domain -> watched.contains(new DomainName(domain)))
                .limit(MOST_DOMAINS)
                .toList();
        List<Item> alerts = new ArrayList<>();
        for (int at = 0; at < domains.size() && alerts.size() < MOST_ALERTS; at += AT_ONCE) {
            List<String> piece = domains.subList(at, Math.min(domains.size(), at + AT_ONCE));
            Loaded loaded = cells.since(piece, from.minusDays(BEFORE));
            piece.forEach(domain -> alerts.addAll(alerts(rule, domain, loaded, from, to)));
        }
        return new Preview(
                from, to, domains.size(), alerts.stream().limit(MOST_ALERTS).toList());
    }

    private static List<Item> alerts(Rule rule, String domain, Loaded loaded, LocalDate from, LocalDate to) {
        List<Item> items = new ArrayList<>();
        from.datesUntil(to.plusDays(1)).forEach(day -> {
            List<RuleHit> hits = RuleJudge.hits(rule, domain, loaded, day);
            if (!hits.isEmpty()) {
                Item last = items.isEmpty() ? null : items.getLast();
                if (last == null || ChronoUnit.DAYS.between(last.lastDay, day) > Incidents.QUIET_DAYS) {
                    items.add(new Item(
                            domain, day, day, 1, Sight.ofRule(hits.getFirst().proof())));
                } else {
                    items.set(items.size() - 1, new Item(domain, last.openedDay, day, last.days + 1, last.text));
                }
            }
        });
        return items;
    }
}

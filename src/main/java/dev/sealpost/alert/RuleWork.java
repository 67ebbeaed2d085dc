package dev.sealpost.alert;

import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealpost.access.Tenant;
import dev.sealpost.store.AlertSettings;
import dev.sealpost.store.WatchedTable;

/** Applies the rules that people made. */
@Singleton
class RuleWork {
    private final AlertSettings settings;
    private final WatchedTable watched;
    private final ObjectMapper json;

    RuleWork(AlertSettings settings, WatchedTable watched, ObjectMapper json) {
        this.settings = settings;
        this.watched = watched;
        this.json = json;
    }

    /** Reads a rule. */
    Rule read(AlertSettings.Entry entry) {
        try {
            Rule.Terms terms = json.readValue(entry.definition(), Rule.Terms.class);
            return new Rule(
                    entry.id(),
                    entry.tenant(),
                    RuleKind.of(String.valueOf(terms.kind())).orElseThrow(),
                    terms);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rules that are on, as they are now. */
    Applied begin() {
        return new Applied(settings.all(AlertSettings.Kind.RULE).stream()
                .map(this::read)
                .filter(Rule::enabled)
                .toList());
    }

    /** The rules of one round. */
    final class Applied {
        private final List<Rule> rules;

        private Applied(List<Rule> rules) {
            this.rules = rules;
        }

        List<Rule> rules() {
            return rules;
        }

        /** Where rules hold on the days that are judged; those noticed by the clock are not asked. */
        List<RuleHit> hits(Map<String, Span> spans, Loaded loaded, LocalDate today) {
            List<RuleHit> hits = new ArrayList<>();
            List<Rule> asked =
                    rules.stream().filter(rule -> !rule.kind().byTimer()).toList();
            if (!asked.isEmpty()) {
                Map<String, String> tenants = tenants(spans.keySet());
                spans.forEach((domain, span) -> span.changed()
                        .datesUntil(today.plusDays(1))
                        .forEach(day -> asked.stream()
                                .filter(rule -> concerns(rule, domain, tenants))
                                .forEach(rule -> hits.addAll(RuleJudge.hits(rule, domain, loaded, day)))));
            }
            return hits;
        }

        /** Where rules that the clock notices hold today. */
        List<RuleHit> absences(Loaded loaded, LocalDate day) {
            List<RuleHit> hits = new ArrayList<>();
            Map<String, String> tenants = tenants(loaded.domains());
            for (String domain : loaded.domains()) {
                rules.stream()
                        .filter(rule -> rule.kind().byTimer() && concerns(rule, domain, tenants))
                        .forEach(rule -> hits.addAll(RuleJudge.hits(rule, domain, loaded, day)));
            }
            return hits;
        }

        private boolean concerns(Rule rule, String domain, Map<String, String> tenants) {
            return rule.isFor(domain)
                    && (rule.tenant() == null || rule.tenant().equals(tenants.getOrDefault(domain, Tenant.DEFAULT)));
        }

        private Map<String, String> tenants(Collection<String> domains) {
            Map<String, String> tenants = new HashMap<>();
            if (rules.stream().anyMatch(rule -> rule.tenant() != null)) {
                watched.find(domains).forEach(each -> tenants.put(each.domain(), each.tenant()));
            }
            return tenants;
        }
    }
}

package dev.sealpost.alert;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealpost.access.Caller;
import dev.sealpost.http.Problem;
import dev.sealpost.http.ProblemException;
import dev.sealpost.store.AlertSettings;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The rules that the caller of this moment sees and may change. */
@Singleton
class Rules {
    private final AlertSettings settings;
    private final RuleWork work;
    private final Caller caller;
    private final ObjectMapper json;
    private final Clock clock;

    Rules(AlertSettings settings, RuleWork work, Caller caller, ObjectMapper json, Clock clock) {
        this.settings = settings;
        this.work = work;
        this.caller = caller;
        this.json = json;
        this.clock = clock;
    }

    /** A rule as it is shown. */
    @Schema(name = "AlertRule")
    record Item(
            UUID id,

            @Schema(description = "Whose domains it is for; null is all") @Nullable
            String tenant,

            Instant created,
            @Schema(description = "What it says") Rule.Terms rule) {}

    /** All rules that the caller sees. */
    List<Item> all() {
        return settings.all(AlertSettings.Kind.RULE).stream().map(this::item).toList();
    }

    /** One rule. */
    Optional<Item> find(UUID id) {
        return settings.find(AlertSettings.Kind.RULE, id).map(this::item);
    }

    private Item item(AlertSettings.Entry entry) {
        return new Item(
                entry.id(), entry.tenant(), entry.created(), work.read(entry).terms());
    }

    /** Makes a rule. */
    Item create(Rule.Terms terms) {
        Rule rule = checked(UUID.randomUUID(), terms);
        return put(rule, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * Changes a rule.
     *
     * @throws ProblemException if the caller does not see it, or its new terms are wrong
     */
    Item change(UUID id, Rule.Terms terms) {
        Item before = find(id).orElseThrow(Rules::notFound);
        Rule rule = checked(id, terms);
        if (!Objects.equals(rule.tenant(), before.tenant())) {
            throw Wish.wrong("tenant", "as it was", List.of());
        }
        return put(rule, before.created());
    }

    private Item put(Rule rule, Instant created) {
        AlertSettings.Entry entry =
                new AlertSettings.Entry(rule.id(), rule.tenant(), created, null, text(rule.terms()));
        if (!settings.put(AlertSettings.Kind.RULE, entry)) {
            throw Problem.of(409, "too-many", "there are 200 rules already, the most that one tenant may have")
                    .exception();
        }
        return item(entry);
    }

    /** Removes a rule; its alerts end when they have been quiet. */
    void remove(UUID id) {
        if (find(id).isEmpty()) {
            throw notFound();
        }
        settings.remove(AlertSettings.Kind.RULE, id);
    }

    /** The rule that terms make, for the caller. */
    Rule checked(UUID id, Rule.Terms terms) {
        RuleKind kind = Optional.ofNullable(terms.kind())
                .flatMap(RuleKind::of)
                .orElseThrow(
                        () -> Wish.wrong("kind", "one of " + String.join(", ", RuleKind.labels()), RuleKind.labels()));
        Wish.shortText("name", terms.name());
        Wish.oneOf("severity", terms.severity(), AlertFilter.SEVERITIES);
        Wish.shortTexts("resultTypes", terms.resultTypes());
        Wish.within("failures", terms.failures(), 1, 1e15);
        Wish.within("reporters", terms.reporters(), 1, 1_000);
        Wish.within("sessions", terms.sessions(), 0, 1e15);
        Wish.within("rate", terms.rate(), 0, 1);
        Wish.within("days", terms.days(), 1, 60);
        Wish.within("reports", terms.reports(), 1, 1e15);
        String tenant = Wish.tenant(caller, terms.tenant());
        if (kind.ofInstallation() && tenant != null) {
            throw Problem.of(403, "forbidden", "rules about the installation are for callers who see all tenants")
                    .exception();
        }
        return new Rule(id, tenant, kind, terms.of(Wish.domains(terms.domains()), tenant));
    }

    private String text(Rule.Terms terms) {
        try {
            return json.writeValueAsString(terms);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProblemException notFound() {
        return Problem.of(404, "not-found", "there is no such rule").exception();
    }
}

package dev.sealpost.alert;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
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

/** The silences that the caller of this moment sees and may change. */
@Singleton
class SilenceBook {
    private final AlertSettings settings;
    private final Silences silences;
    private final Caller caller;
    private final ObjectMapper json;
    private final Clock clock;

    SilenceBook(AlertSettings settings, Silences silences, Caller caller, ObjectMapper json, Clock clock) {
        this.settings = settings;
        this.silences = silences;
        this.caller = caller;
        this.json = json;
        this.clock = clock;
    }

    /** What somebody wants to hear nothing of; what is absent is no limit. */
    @Schema(name = "SilenceTerms")
    record Wanted(
            @Schema(description = "When it ends (RFC 3339)", examples = "2026-12-01T08:00:00Z") @Nullable
            String until,

            @Schema(description = "Whose channels are silent; a caller of a tenant silences its own; null is all")
            @Nullable
            String tenant,

            @Schema(description = "All domains of an alert must be among them; null or empty is any") @Nullable
            List<String> domains,

            @Schema(description = "The only reporter, by the name it gives itself; null is any") @Nullable
            String organization,

            @Schema(description = "The kind of alert; null is any") @Nullable
            String kind,

            @Schema(description = "The family of result types; null is any") @Nullable
            String family,

            @Schema(description = "The severity; null is any") @Nullable
            String severity,

            @Schema(description = "Why, for people; null if nobody said") @Nullable
            String comment) {}

    /** A silence as it is shown. */
    @Schema(name = "Silence")
    record Item(
            UUID id,

            @Schema(description = "Whose channels are silent; null is all") @Nullable
            String tenant,

            Instant created,
            @Schema(description = "When it ends") Instant until,
            @Schema(description = "Whether it holds now") boolean active,
            @Schema(description = "What it is for") Silence.Terms silence) {}

    /** All silences that the caller sees. */
    List<Item> all() {
        return settings.all(AlertSettings.Kind.SILENCE).stream().map(this::item).toList();
    }

    /** One silence. */
    Optional<Item> find(UUID id) {
        return settings.find(AlertSettings.Kind.SILENCE, id).map(this::item);
    }

    private Item item(AlertSettings.Entry entry) {
        Silence silence = silences.read(entry);
        return new Item(
                silence.id(),
                silence.tenant(),
                silence.created(),
                silence.until(),
                clock.instant().isBefore(silence.until()),
                silence.terms());
    }

    /** Makes a silence. */
    Item create(Wanted wanted) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return put(UUID.randomUUID(), Wish.tenant(caller, wanted.tenant), now, wanted);
    }

    /** Changes a silence. */
    Item change(UUID id, Wanted wanted) {
        Item before = find(id).orElseThrow(SilenceBook::notFound);
        String tenant = Wish.tenant(caller, wanted.tenant);
        if (!Objects.equals(tenant, before.tenant)) {
            throw Wish.wrong("tenant", "as it was", List.of());
        }
        return put(id, tenant, before.created, wanted);
    }

    private Item put(UUID id, @Nullable String tenant, Instant created, Wanted wanted) {
        Wish.shortText("organization", wanted.organization);
        Wish.oneOf("kind", wanted.kind, AlertFilter.KINDS);
        Wish.oneOf("family", wanted.family, AlertFilter.FAMILIES);
        Wish.oneOf("severity", wanted.severity, AlertFilter.SEVERITIES);
        Wish.shortText("comment", wanted.comment);
        Silence.Terms terms = new Silence.Terms(
                Wish.domains(wanted.domains),
                wanted.organization,
                wanted.kind,
                wanted.family,
                wanted.severity,
                wanted.comment);
        AlertSettings.Entry entry = new AlertSettings.Entry(id, tenant, created, until(wanted.until), text(terms));
        if (!settings.put(AlertSettings.Kind.SILENCE, entry)) {
            throw Problem.of(409, "too-many", "there are 200 silences already, the most that one tenant may have")
                    .exception();
        }
        return item(entry);
    }

    private static Instant until(@Nullable String text) {
        try {
            return OffsetDateTime.parse(text == null ? "" : text).toInstant();
        } catch (DateTimeException noTime) {
            throw Wish.wrong("until", "a time such as 2026-12-01T08:00:00Z", List.of());
        }
    }

    /** Ends a silence. */
    void remove(UUID id) {
        if (find(id).isEmpty()) {
            throw notFound();
        }
        settings.remove(AlertSettings.Kind.SILENCE, id);
    }

    private String text(Silence.Terms terms) {
        try {
            return json.writeValueAsString(terms);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProblemException notFound() {
        return Problem.of(404, "not-found", "there is no such silence").exception();
    }
}

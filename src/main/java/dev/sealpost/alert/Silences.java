package dev.sealpost.alert;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealpost.store.AlertSettings;
import org.jspecify.annotations.Nullable;

/** The silences that people wrote. */
@Singleton
class Silences {
    private final ObjectMapper json;
    private final Clock clock;

    Silences(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** Reads one. */
    Silence read(AlertSettings.Entry entry) {
        try {
            return new Silence(
                    entry.id(),
                    entry.tenant(),
                    entry.created(),
                    Objects.requireNonNull(entry.until()),
                    json.readValue(entry.definition(), Silence.Terms.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether one of them holds for what somebody sees. */
    boolean hold(List<AlertSettings.Entry> entries, Story story, @Nullable String tenant) {
        return entries.stream().map(this::read).anyMatch(silence -> silence.holds(story, tenant, clock.instant()));
    }
}

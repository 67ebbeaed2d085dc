package dev.sealpost.notify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.sealpost.store.Notice;
import org.jspecify.annotations.Nullable;

/** Notices as an evaluator of alerts would write them. */
final class Notices {
    static final Instant AT = Instant.parse("2026-11-26T10:00:00Z");

    private Notices() {}

    static UUID alert(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    static Notice opened(String name, String severity) {
        return of(name, "opened", severity, "open", null, List.of("example.org"));
    }

    static Notice resolved(String name, String severity) {
        return of(name, "resolved", severity, "resolved", null, List.of("example.org"));
    }

    static Notice of(
            String name, String kind, String severity, String state, @Nullable String tenant, List<String> domains) {
        return new Notice(
                name + "/" + kind + (tenant == null ? "" : "/" + tenant),
                kind,
                AT,
                alert(name),
                tenant,
                domains,
                severity,
                state,
                "subject of " + name,
                "text of " + name + "\nsecond line",
                "{\"id\":\"" + alert(name)
                        + "\",\"kind\":\"attack\",\"domain\":\"example.org\",\"organization\":null}");
    }
}

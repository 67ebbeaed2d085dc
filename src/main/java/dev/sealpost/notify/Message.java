package dev.sealpost.notify;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.sealpost.store.MessageRow;
import org.jspecify.annotations.Nullable;

/**
 * What is told, with texts that are clean ({@link Plain}) and not yet escaped.
 *
 * @param id the same in every attempt
 * @param kind opened, updated, resolved, withdrawn, acknowledged, summary, digest or test
 * @param alert which alert; null where it is about many or none
 * @param subject one line
 * @param text several lines
 * @param json for programs
 * @param at when it was made
 */
record Message(
        UUID id,
        String kind,
        @Nullable UUID alert,
        Severity severity,
        String subject,
        String text,
        String json,
        Instant at) {
    private static final int MAX_SUBJECT = 200;
    private static final int MAX_TEXT = 20_000;

    static Message of(MessageRow row) {
        return new Message(
                row.id(),
                row.kind(),
                row.alert(),
                Severity.of(row.severity()).orElse(Severity.CRITICAL),
                Plain.line(row.subject(), MAX_SUBJECT),
                Plain.lines(row.body(), MAX_TEXT),
                row.json(),
                row.created());
    }

    /** The alert, if it is about one. */
    Optional<UUID> aboutAlert() {
        return Optional.ofNullable(alert);
    }

    /** What it is, for people. */
    String headline() {
        return switch (kind) {
            case "summary", "digest", "test" -> subject;
            default -> "[" + severity.label() + ", " + kind + "] " + subject;
        };
    }
}

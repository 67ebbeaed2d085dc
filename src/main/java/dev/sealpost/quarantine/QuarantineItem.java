package dev.sealpost.quarantine;

import java.time.Instant;
import java.util.UUID;

import dev.sealpost.store.QuarantineEntry;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One entry as it is listed.
 *
 * @param reason kebab-case
 * @param detail one line for people
 * @param channel the kind of door
 * @param source the peer's address, or as the door calls it
 * @param received when the bytes came last
 * @param bytes how many
 * @param repeats how often the same bytes came again for the same reason
 */
@Schema(name = "QuarantineItem")
public record QuarantineItem(
        UUID id,
        String reason,
        String detail,
        String channel,
        String source,
        String provenance,
        Instant received,
        long bytes,
        long repeats) {
    /** The item of an entry. */
    public static QuarantineItem of(QuarantineEntry entry) {
        return new QuarantineItem(
                entry.id,
                entry.reason,
                entry.detail,
                entry.channel,
                entry.source,
                entry.provenance,
                entry.received,
                entry.size,
                entry.repeats);
    }
}

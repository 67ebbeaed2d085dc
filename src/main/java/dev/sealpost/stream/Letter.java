package dev.sealpost.stream;

import java.util.Objects;

import dev.sealpost.origin.Origin;

/** What travels from a door to the tables: through the spool where the broker is away, else straight on a topic. */
public sealed interface Letter {
    /** Where it came from; from a topic, believed only if its seal held. */
    Origin origin();

    /** What decides the partition. */
    String key();

    /** The bytes. */
    byte[] value();

    /**
     * For the reports' topic: by the door's word the JSON text of one report (RFC 8460, section 4).
     *
     * @param key the smallest policy domain of the body, else the organisation, so that equal identities meet
     */
    record ReportLetter(Origin origin, String key, byte[] value) implements Letter {
        public ReportLetter {
            Objects.requireNonNull(key, "key");
        }
    }

    /**
     * For the dead letters' topic: bytes on their way to the quarantine, as they came through the door.
     *
     * @param reason why, kebab-case
     * @param detail one line for people
     */
    record DeadLetter(Origin origin, byte[] value, String reason, String detail) implements Letter {
        @Override
        public String key() {
            return origin.source();
        }
    }
}

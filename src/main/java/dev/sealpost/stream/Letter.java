package dev.sealpost.stream;

import dev.sealpost.origin.Origin;

/** What a record on one of the topics holds. */
public sealed interface Letter {
    /** Where it came from; believed only if its seal held. */
    Origin origin();

    /** The record's value, as it came through the door. */
    byte[] value();

    /** A record of the reports' topic: by the door's word the JSON text of one report. */
    record ReportLetter(Origin origin, byte[] value) implements Letter {}

    /**
     * A record of the dead letters' topic.
     *
     * @param reason why it is there, kebab-case
     * @param detail one line for people
     */
    record DeadLetter(Origin origin, byte[] value, String reason, String detail) implements Letter {}
}

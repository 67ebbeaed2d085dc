package dev.sealpost.store;

import java.util.List;

import dev.sealpost.origin.Origin;

/**
 * Bytes for the quarantine.
 *
 * @param reason kebab-case
 * @param detail one line for people, safe to show
 * @param bytes as they came through the door
 * @param domains of the policies of a report that could be read, an empty text for one that nobody knows; none for all else
 */
public record SetAside(String reason, String detail, Origin origin, byte[] bytes, List<String> domains) {
    public SetAside {
        domains = List.copyOf(domains);
    }

    /** Bytes that hold no report. */
    public SetAside(String reason, String detail, Origin origin, byte[] bytes) {
        this(reason, detail, origin, bytes, List.of());
    }
}

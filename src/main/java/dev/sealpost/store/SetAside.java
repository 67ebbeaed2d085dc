package dev.sealpost.store;

import dev.sealpost.origin.Origin;

/**
 * Bytes for the quarantine.
 *
 * @param reason kebab-case
 * @param detail one line for people, safe to show
 * @param bytes as they came through the door
 */
public record SetAside(String reason, String detail, Origin origin, byte[] bytes) {}

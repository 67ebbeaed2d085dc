package dev.sealpost.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a channel is doing.
 *
 * @param pausedUntil the other side is broken, and not called before; null if it is not
 * @param lastError one line; empty if the last delivery went well
 * @param waiting messages that were not taken yet
 * @param held notices that wait for the end of quiet hours, for the digest, or for the other side
 */
public record ChannelState(@Nullable Instant pausedUntil, String lastError, int waiting, int held) {}

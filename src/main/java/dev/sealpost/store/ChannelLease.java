package dev.sealpost.store;

import java.time.Duration;
import java.util.UUID;

/**
 * The right to send to one channel, for a while on the database's clock.
 *
 * @param owner whoever asks, the same in all its questions
 * @param length after so long without a word the channel is free again; longer than any delivery takes
 */
public record ChannelLease(UUID channel, UUID owner, Duration length) {}

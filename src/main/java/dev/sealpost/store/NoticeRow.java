package dev.sealpost.store;

/**
 * A notice that waits for a channel.
 *
 * @param seq its number in the outbox
 */
public record NoticeRow(long seq, Notice notice) {}

package dev.sealpost.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a mailbox is doing.
 *
 * @param lastPoll when the server was last asked; null if it never was
 * @param lastSuccess when everything there was handed over; null if that never was so
 * @param backlog mails that are still to be read
 * @param mailsPerSecond of the last time it was read
 * @param lastError what is wrong now, one line; empty if nothing is
 */
public record MailboxRow(
        String name,
        @Nullable Instant lastPoll,
        @Nullable Instant lastSuccess,
        long backlog,
        double mailsPerSecond,
        String lastError) {}

package dev.sealpost.store;

import java.time.Duration;
import java.util.UUID;

/**
 * The right to read one mailbox, for a while on the database's clock.
 *
 * @param place protocol, user, server and folder
 * @param owner whoever asks, the same in all its questions
 * @param length after so long without a word the mailbox is free again
 */
public record MailboxLease(String mailbox, String place, UUID owner, Duration length) {}

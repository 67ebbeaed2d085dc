package dev.sealpost.intake.mailbox;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A mail as its server gave it out.
 *
 * @param validity UIDVALIDITY of its folder; 0 with POP3
 * @param key what it is known by there
 * @param received when the server took it; null if it does not say
 * @param bytes the mail; not to be changed
 */
record ArrivedMail(long validity, String key, @Nullable Instant received, byte[] bytes) {}

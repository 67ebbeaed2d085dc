package dev.sealpost.intake.mailbox;

import java.time.Clock;

/** For mailboxes with passwords. */
final class NoTokens {
    static final Tokens INSTANCE = new Tokens(
            config -> {
                throw new IllegalStateException("no tokens here");
            },
            Clock.systemUTC());

    private NoTokens() {}
}

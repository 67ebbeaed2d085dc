package dev.sealpost.intake.mailbox;

import java.io.IOException;

/** A server said more than it may, or took longer. */
final class GuardException extends IOException {
    private static final long serialVersionUID = 1L;

    GuardException(String message) {
        super(message);
    }
}

package dev.sealpost.intake.mailbox;

/** Another process reads the mailbox now; nothing more may be written here. */
final class LeaseLostException extends Exception {
    private static final long serialVersionUID = 1L;
}

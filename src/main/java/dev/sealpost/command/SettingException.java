package dev.sealpost.command;

/** A setting that stops the start; the message names it, its value and what is allowed. */
final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingException(String message) {
        super(message);
    }
}

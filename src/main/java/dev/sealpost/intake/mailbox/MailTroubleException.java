package dev.sealpost.intake.mailbox;

/** A mailbox cannot be read now. The message is one line for its owner: what is wrong and what to do, nothing secret. */
public final class MailTroubleException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble. */
    public enum Kind {
        /** The server cannot be reached, or went silent, or broke off. */
        CONNECTION,
        /** No encryption that can be relied on. */
        TLS,
        /** The server does not let us in. */
        SIGN_IN,
        /** The folder is not there, or may not be opened or changed so. */
        FOLDER,
        /** The server says what the protocol does not allow. */
        PROTOCOL
    }

    private final Kind kind;

    MailTroubleException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    MailTroubleException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** The message. */
    public String explanation() {
        return String.valueOf(getMessage());
    }

    /** What kind of trouble. */
    public Kind kind() {
        return kind;
    }
}

package dev.sealpost.alert.detect;

/** What senders do with a session that fails: RFC 8461, section 5. */
public enum PolicyMode {
    /** They keep the message back; so do senders that use DANE (RFC 7672). */
    ENFORCE,
    /** They report and deliver. */
    TESTING,
    /** They deliver. */
    NONE,
    /** Not known. */
    UNKNOWN;

    boolean delivers() {
        return this == TESTING || this == NONE;
    }
}

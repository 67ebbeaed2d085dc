package dev.sealpost.mime;

import java.util.Locale;

/** What sort of mail came, for counting; a report's mailbox gets all of them. */
public enum MailKind {
    /** Holds a report (RFC 8460, section 5.3), or something that was meant to be one. */
    REPORT,
    /**
     * Says that a mail could not be delivered (RFC 3464). What it brings back was sent by whoever has this mailbox as
     * return address, and is no report to it.
     */
    BOUNCE,
    /** An aggregate report of DMARC (RFC 7489, section 7.2). */
    DMARC,
    /** Answers by itself (RFC 3834), or says that a mail was read (RFC 8098). */
    AUTO_REPLY,
    /** Anything else: people, newsletters, spam. */
    OTHER;

    /** The name used in APIs and metrics: kebab-case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.sealpost.intake.mailbox;

import java.util.List;

/** A signed-in connection to a mail server. For one thread. */
interface MailServer extends AutoCloseable {
    /** Names of all folders. */
    List<String> folders() throws MailTroubleException;

    /**
     * Opens the configured folder.
     *
     * @param readOnly whether nothing on the server may change (IMAP: EXAMINE)
     */
    MailFolder open(boolean readOnly) throws MailTroubleException;

    /** Ends the connection; never expunges anything (no CLOSE). Throws nothing. */
    @Override
    void close();
}

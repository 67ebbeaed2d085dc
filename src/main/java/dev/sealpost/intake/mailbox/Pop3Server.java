package dev.sealpost.intake.mailbox;

import java.util.List;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import dev.sealpost.intake.mailbox.MailboxConfig.After;
import org.jspecify.annotations.Nullable;

/**
 * A signed-in POP3 mailbox. A server shows the mails that were there at sign-in, and deletes at the end only (RFC 1939,
 * section 6): so a connection lasts from one wait to the next. For one thread.
 */
final class Pop3Server implements MailServer {
    /** Signs in anew. */
    interface Connector {
        Pop3Session connect() throws MailTroubleException;
    }

    private final MailboxConfig config;
    private final Connector connector;
    private @Nullable Pop3Session session;

    Pop3Server(MailboxConfig config, Pop3Session session, Connector connector) {
        this.config = config;
        this.session = session;
        this.connector = connector;
    }

    /** Refuses what POP3 cannot do. */
    static void check(String name, MailboxConfig config) throws MailTroubleException {
        if (config.after() != After.KEEP && config.after() != After.DELETE) {
            throw new MailTroubleException(
                    Kind.FOLDER,
                    "mailbox " + name + ": POP3 knows no flags and folders; use after keep or delete, or IMAP");
        }
        if (!config.folder().equalsIgnoreCase("INBOX")) {
            throw new MailTroubleException(
                    Kind.FOLDER, "mailbox " + name + ": POP3 has the folder INBOX only; leave it out, or use IMAP");
        }
    }

    @Override
    public List<String> folders() {
        return List.of("INBOX");
    }

    @Override
    public MailFolder open(boolean readOnly) {
        return new Pop3Folder(this, config, readOnly);
    }

    /** The connection, a new one after a wait. */
    Pop3Session session() throws MailTroubleException {
        Pop3Session open = session;
        if (open == null) {
            open = connector.connect();
            session = open;
        }
        return open;
    }

    /** Ends the connection, which deletes what was marked, and tells if the server could not. */
    void commit() throws MailTroubleException {
        Pop3Session open = session;
        session = null;
        if (open != null) {
            try {
                open.must("QUIT", Allowance.TALK);
            } finally {
                open.end();
            }
        }
    }

    @Override
    public void close() {
        try {
            commit();
        } catch (MailTroubleException e) {
            // What was not deleted is there the next time.
        }
    }
}

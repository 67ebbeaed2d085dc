package dev.sealpost.intake.mailbox;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ParsingException;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.ListInfo;

/** A signed-in IMAP connection. */
final class ImapServer implements MailServer {
    private static final int MAX_FOLDERS = 10_000;

    private final ImapSession session;
    private final MailboxConfig config;

    ImapServer(ImapSession session, MailboxConfig config) {
        this.session = session;
        this.config = config;
    }

    @Override
    public List<String> folders() throws MailTroubleException {
        List<String> names = new ArrayList<>();
        Argument all = new Argument().writeString("").writeString("*");
        try {
            session.must("LIST", all, Allowance.LIST, answer -> take(answer, names));
        } catch (InterruptedException e) {
            throw interrupted(session, e);
        }
        return names;
    }

    private static void take(IMAPResponse answer, List<String> names) {
        if (answer.keyEquals("LIST") && names.size() < MAX_FOLDERS) {
            try {
                ListInfo info = new ListInfo(answer);
                if (info.canOpen && info.name != null) {
                    names.add(info.name);
                }
            } catch (ParsingException | RuntimeException e) {
                // A name that cannot be read cannot be the one that is looked for.
            }
        }
    }

    @Override
    public MailFolder open(boolean readOnly) throws MailTroubleException {
        try {
            return new ImapOpening(session, config, this::folders).open(readOnly);
        } catch (InterruptedException e) {
            throw interrupted(session, e);
        }
    }

    /** A command without a consumer of ours was interrupted: the connection is of no use any more. */
    static MailTroubleException interrupted(ImapSession session, InterruptedException e) {
        session.end();
        Thread.currentThread().interrupt();
        return new MailTroubleException(MailTroubleException.Kind.CONNECTION, session.where() + " was left", e);
    }

    @Override
    public void close() {
        if (!session.hasEnded()) {
            try {
                // Ends with an answer BYE, which is no trouble here. LOGOUT expunges nothing.
                session.run("LOGOUT", null, Allowance.TALK, _ -> {});
            } catch (MailTroubleException e) {
                // It is the end anyway.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            session.end();
        }
    }
}

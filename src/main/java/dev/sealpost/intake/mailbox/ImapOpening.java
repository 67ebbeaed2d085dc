package dev.sealpost.intake.mailbox;

import java.util.List;

import dev.sealpost.intake.mailbox.ImapSession.Outcome;
import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import dev.sealpost.intake.mailbox.MailboxConfig.After;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;

/** Opens a folder by EXAMINE or SELECT (RFC 9051, section 6.3.2), and sees that what is to be done there can be done. */
final class ImapOpening {
    /** Names of all folders. */
    interface Folders {
        List<String> names() throws MailTroubleException;
    }

    private final ImapSession session;
    private final MailboxConfig config;
    private final Folders folders;

    ImapOpening(ImapSession session, MailboxConfig config, Folders folders) {
        this.session = session;
        this.config = config;
        this.folders = folders;
    }

    MailFolder open(boolean readOnly) throws MailTroubleException, InterruptedException {
        if (!readOnly && config.after() == After.MOVE) {
            String target = config.moveTo().orElse("");
            if (!exists(target)) {
                throw missing("the folder to move mails to, ", target);
            }
        }
        ImapState state = new ImapState(session.where());
        Outcome outcome = session.run(readOnly ? "EXAMINE" : "SELECT", mailbox(config.folder()), Allowance.TALK, state);
        if (!outcome.ok()) {
            throw missing("the folder ", config.folder());
        }
        if (state.validity() == 0) {
            throw new MailTroubleException(
                    Kind.PROTOCOL, session.where() + " numbers its mails anew each time (no UIDVALIDITY): use POP3");
        }
        if (!readOnly && outcome.says("READ-ONLY")) {
            throw new MailTroubleException(
                    Kind.FOLDER,
                    session.where() + " lets the folder \"" + ServerWords.clean(config.folder())
                            + "\" be read only: give the user more rights, or use after keep");
        }
        return new ImapFolder(session, config, state, readOnly);
    }

    /** The name of a folder as an argument. */
    static Argument mailbox(String name) {
        return new Argument().writeString(BASE64MailboxEncoder.encode(name));
    }

    private boolean exists(String name) throws MailTroubleException {
        return folders.names().contains(name) || name.equalsIgnoreCase("INBOX");
    }

    private MailTroubleException missing(String what, String name) throws MailTroubleException {
        return new MailTroubleException(
                Kind.FOLDER,
                session.where() + " cannot open " + what + "\"" + ServerWords.clean(name) + "\"; there are "
                        + ServerWords.names(folders.names()));
    }
}

package dev.sealpost.intake.mailbox;

import java.util.List;
import java.util.StringTokenizer;

import dev.sealpost.intake.mailbox.ImapSession.Outcome;
import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** Flags, moves or deletes exactly the given mails, under the UIDVALIDITY that they were read under. */
final class ImapSettlement {
    private final ImapSession session;
    private final MailboxConfig config;
    private final ImapState state;

    ImapSettlement(ImapSession session, MailboxConfig config, ImapState state) {
        this.session = session;
        this.config = config;
        this.state = state;
    }

    void run(long[] uids) throws MailTroubleException, InterruptedException {
        checkValidity();
        for (String set : UidSet.write(uids)) {
            switch (config.after()) {
                case KEEP -> {}
                case SEEN -> flag(set, "\\Seen");
                case MOVE -> move(set, uids);
                case DELETE -> {
                    flag(set, "\\Deleted");
                    expunge(set, uids);
                }
            }
        }
    }

    /** Somebody may have made the folder anew while it was open here. */
    private void checkValidity() throws MailTroubleException, InterruptedException {
        Argument arguments = ImapOpening.mailbox(config.folder()).writeAtom("(UIDVALIDITY)");
        boolean[] told = {false};
        session.must("STATUS", arguments, Allowance.LIST, answer -> {
            state.take(answer);
            told[0] |= validity(answer);
        });
        if (!told[0]) {
            throw new MailTroubleException(Kind.PROTOCOL, session.where() + " does not tell the UIDVALIDITY again");
        }
    }

    private boolean validity(IMAPResponse answer) throws MailTroubleException {
        if (!answer.keyEquals("STATUS")) {
            return false;
        }
        String rest = answer.getRest();
        int at = rest.lastIndexOf("(UIDVALIDITY ");
        if (at < 0) {
            return false;
        }
        state.validity(ImapState.number(rest, at + "(UIDVALIDITY ".length()));
        return true;
    }

    private void flag(String set, String flag) throws MailTroubleException, InterruptedException {
        session.must("UID STORE " + set + " +FLAGS.SILENT (" + flag + ")", null, Allowance.LIST, state);
    }

    private void move(String set, long[] uids) throws MailTroubleException, InterruptedException {
        if (session.hasCapability("MOVE")) {
            transfer("UID MOVE " + set);
            return;
        }
        transfer("UID COPY " + set);
        flag(set, "\\Deleted");
        expunge(set, uids);
    }

    private void transfer(String command) throws MailTroubleException, InterruptedException {
        String target = config.moveTo().orElse("");
        String encoded = BASE64MailboxEncoder.encode(target);
        Outcome outcome = session.run(command, new Argument().writeString(encoded), Allowance.LIST, state);
        if (!outcome.ok()) {
            throw new MailTroubleException(
                    Kind.FOLDER,
                    session.where() + " moves no mails to \"" + ServerWords.clean(target)
                            + "\": see that it is there and takes mails, or use after seen"
                            + ServerWords.because(outcome.text(), List.of()));
        }
    }

    /** Removes these and no others that somebody marked: without UIDPLUS only when there are no others. */
    private void expunge(String set, long[] uids) throws MailTroubleException, InterruptedException {
        if (session.hasCapability("UIDPLUS") || session.hasCapability("IMAP4REV2")) {
            session.must("UID EXPUNGE " + set, null, Allowance.LIST, state);
            return;
        }
        boolean[] others = {false};
        boolean[] told = {false};
        session.must("UID SEARCH DELETED", null, Allowance.LIST, answer -> {
            state.take(answer);
            if (answer.keyEquals("SEARCH")) {
                told[0] = true;
                StringTokenizer numbers = new StringTokenizer(answer.getRest());
                while (numbers.hasMoreTokens()) {
                    others[0] |= !UidSet.contains(uids, ImapState.number(numbers.nextToken(), 0));
                }
            }
        });
        if (told[0] && !others[0]) {
            session.must("EXPUNGE", null, Allowance.LIST, state);
        }
    }
}

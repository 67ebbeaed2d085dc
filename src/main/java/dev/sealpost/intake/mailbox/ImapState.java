package dev.sealpost.intake.mailbox;

import java.util.Locale;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** What a server says of the open folder, asked or not (RFC 9051, section 7.4). For one thread. */
final class ImapState implements ImapSession.Answers {
    static final long MAX_UID = 0xffff_ffffL;
    private static final String VALIDITY = "[UIDVALIDITY ";

    private final String where;
    private long validity;
    private long exists;
    private boolean news;

    ImapState(String where) {
        this.where = where;
    }

    /** UIDVALIDITY; 0 before the server told it. */
    long validity() {
        return validity;
    }

    /** Number of mails. */
    long exists() {
        return exists;
    }

    /** Whether mails came since the last time this was asked. */
    boolean takeNews() {
        boolean had = news;
        news = false;
        return had;
    }

    boolean hasNews() {
        return news;
    }

    @Override
    public void take(IMAPResponse answer) throws MailTroubleException {
        if (answer.isOK()) {
            String rest = answer.getRest().toUpperCase(Locale.ROOT);
            if (rest.startsWith(VALIDITY)) {
                validity(number(rest, VALIDITY.length()));
            }
        } else if (answer.keyEquals("EXISTS")) {
            news |= answer.getNumber() > exists;
            exists = Math.max(0, answer.getNumber());
        } else if (answer.keyEquals("EXPUNGE")) {
            exists = Math.max(0, exists - 1);
        }
    }

    /** The folder has this UIDVALIDITY. */
    void validity(long said) throws MailTroubleException {
        if (said < 1 || said > MAX_UID) {
            throw new MailTroubleException(Kind.PROTOCOL, where + " has an UIDVALIDITY that is none");
        }
        if (validity != 0 && validity != said) {
            throw new MailTroubleException(Kind.FOLDER, where + " numbered all mails of the folder anew: read again");
        }
        validity = said;
    }

    static long number(String text, int from) {
        long number = 0;
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && number <= MAX_UID) {
            number = number * 10 + text.charAt(at++) - '0';
        }
        return at == from ? -1 : number;
    }
}

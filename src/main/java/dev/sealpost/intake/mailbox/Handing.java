package dev.sealpost.intake.mailbox;

import java.nio.charset.StandardCharsets;

import dev.sealpost.intake.mailbox.MailDoor.Outcome;
import dev.sealpost.store.MailboxLease;
import dev.sealpost.store.Mailboxes;
import org.jboss.logging.Logger;

/** Hands mails of one mailbox over, many at once, since each waits for the broker; and counts those that cannot be. */
final class Handing {
    private static final Logger LOG = Logger.getLogger(Handing.class);

    private final Mailbox mailbox;
    private final MailDoor door;
    private final Mailboxes mailboxes;
    private final MailboxLease lease;
    private final Postponed postponed;

    Handing(Mailbox mailbox, MailDoor door, Mailboxes mailboxes, MailboxLease lease, Postponed postponed) {
        this.mailbox = mailbox;
        this.door = door;
        this.mailboxes = mailboxes;
        this.lease = lease;
        this.postponed = postponed;
    }

    boolean isOpen() {
        return door.isOpen();
    }

    /** Mails that are not tried now. */
    Postponed postponed() {
        return postponed;
    }

    /** Room for the mails of one page. */
    Results begin(long validity) {
        return new Results(
                (key, mail, received) -> hand(new ArrivedMail(validity, key, received, mail)),
                door.room(),
                mailbox.name());
    }

    /** Makes sure that nobody else reads the mailbox, before the server is told to change something. */
    void stillHeld() throws LeaseLostException {
        if (mailboxes.take(lease).isEmpty()) {
            throw new LeaseLostException();
        }
    }

    /** What becomes of a mail. */
    private Outcome hand(ArrivedMail mail) throws InterruptedException {
        try {
            Outcome outcome = door.hand(mailbox, mail, false);
            return outcome == Outcome.PENDING ? pending(mail) : outcome;
        } catch (RuntimeException | StackOverflowError surprise) {
            int tries = mailboxes.failed(lease, mail.key());
            LOG.errorf(surprise, "mailbox %s: mail %s failed, try %d", mailbox.name(), mail.key(), tries);
            return tries < mailbox.config().tries()
                    ? Outcome.AGAIN
                    : door.setAside(mailbox, mail, "failed", "failed " + tries + " times");
        }
    }

    /** The key of its signature cannot be looked up: it stays on the server for another try, unless that was the last. */
    private Outcome pending(ArrivedMail mail) throws InterruptedException {
        int tries = mailboxes.failed(lease, mail.key());
        LOG.warnf(
                "mailbox %s: mail %s waits, the key of its signature cannot be looked up now; try %d of %d",
                mailbox.name(), mail.key(), tries, mailbox.config().tries());
        if (tries >= mailbox.config().tries()) {
            return door.hand(mailbox, mail, true);
        }
        postponed.tried(mail.key(), tries);
        return Outcome.AGAIN;
    }

    /** Gives a mail up that cannot be fetched; whether that is durable. */
    boolean giveUp(long validity, String key, MailTroubleException why) throws InterruptedException {
        String what = "Mail " + key + " of mailbox " + mailbox.name() + " (UIDVALIDITY " + validity
                + ") cannot be fetched; it is still on the server. " + why.explanation();
        byte[] note = what.getBytes(StandardCharsets.UTF_8);
        LOG.warn(what);
        ArrivedMail mail = new ArrivedMail(validity, key, null, note);
        return door.setAside(mailbox, mail, "not-fetched", "mail " + key + " cannot be fetched") == Outcome.DURABLE;
    }
}

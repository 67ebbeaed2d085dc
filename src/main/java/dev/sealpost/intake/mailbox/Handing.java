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

    Handing(Mailbox mailbox, MailDoor door, Mailboxes mailboxes, MailboxLease lease) {
        this.mailbox = mailbox;
        this.door = door;
        this.mailboxes = mailboxes;
        this.lease = lease;
    }

    boolean isOpen() {
        return door.isOpen();
    }

    /** Room for the mails of one page. */
    Results begin(long validity) {
        return new Results((key, mail) -> hand(validity, key, mail), mailbox.name());
    }

    /** Makes sure that nobody else reads the mailbox, before the server is told to change something. */
    void stillHeld() throws LeaseLostException {
        if (mailboxes.take(lease).isEmpty()) {
            throw new LeaseLostException();
        }
    }

    /** What becomes of a mail. */
    private Outcome hand(long validity, String key, byte[] mail) throws InterruptedException {
        try {
            return door.hand(mailbox, validity, key, mail);
        } catch (RuntimeException | StackOverflowError surprise) {
            int tries = mailboxes.failed(lease, key);
            LOG.errorf(surprise, "mailbox %s: mail %s failed, try %d", mailbox.name(), key, tries);
            return tries < mailbox.config().tries()
                    ? Outcome.AGAIN
                    : door.setAside(mailbox, validity, key, mail, "failed", "failed " + tries + " times");
        }
    }

    /** Gives a mail up that cannot be fetched; whether that is durable. */
    boolean giveUp(long validity, String key, MailTroubleException why) throws InterruptedException {
        String what = "Mail " + key + " of mailbox " + mailbox.name() + " (UIDVALIDITY " + validity
                + ") cannot be fetched; it is still on the server. " + why.explanation();
        byte[] note = what.getBytes(StandardCharsets.UTF_8);
        LOG.warn(what);
        return door.setAside(mailbox, validity, key, note, "not-fetched", "mail " + key + " cannot be fetched")
                == Outcome.DURABLE;
    }
}

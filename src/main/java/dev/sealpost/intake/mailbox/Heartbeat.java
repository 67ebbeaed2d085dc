package dev.sealpost.intake.mailbox;

import java.time.Duration;

import dev.sealpost.store.MailboxLease;
import dev.sealpost.store.Mailboxes;
import dev.sealpost.store.StoreUnavailableException;
import org.jboss.logging.Logger;

/** Keeps a lease while its mailbox is read or waited for, and tells the others how it goes. */
final class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);

    private final Mailboxes mailboxes;
    private final MailboxLease lease;
    private final MailboxState state;
    private final Thread beat;

    Heartbeat(Mailboxes mailboxes, MailboxLease lease, MailboxState state) {
        this.mailboxes = mailboxes;
        this.lease = lease;
        this.state = state;
        Duration pause = lease.length().dividedBy(5);
        this.beat = Thread.ofVirtual().name("mailbox-lease-" + lease.mailbox()).start(() -> beat(pause));
    }

    private void beat(Duration pause) {
        try {
            while (true) {
                Thread.sleep(pause);
                try {
                    if (mailboxes.take(lease).isPresent()) {
                        mailboxes.say(lease, state.row());
                    }
                } catch (StoreUnavailableException away) {
                    LOG.debugf("the lease of mailbox %s cannot be kept: %s", lease.mailbox(), away.getMessage());
                }
            }
        } catch (InterruptedException closed) {
            // whoever reads has ended
        }
    }

    void stop() throws InterruptedException {
        beat.interrupt();
        beat.join();
    }
}

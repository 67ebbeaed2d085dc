package dev.sealpost.intake.mailbox;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

import dev.sealpost.store.MailboxLease;
import dev.sealpost.store.Mailboxes;
import dev.sealpost.store.Mailboxes.Checkpoint;
import dev.sealpost.store.StoreUnavailableException;
import org.jboss.logging.Logger;

/** Reads one mailbox as long as the process lives, whenever no other process does. */
final class MailboxRun implements Runnable {
    private static final Logger LOG = Logger.getLogger(MailboxRun.class);

    /** How long to wait for another process, the database or the broker, before asking again. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Mailbox mailbox;
    private final MailboxLease lease;
    private final MailServers servers;
    private final MailDoor door;
    private final Mailboxes mailboxes;
    private final MailboxState state;
    private final Suspects suspects;
    private final Postponed postponed = new Postponed(System::nanoTime);
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());

    MailboxRun(Mailbox mailbox, MailboxLease lease, MailboxParts parts, MailboxState state) {
        this.mailbox = mailbox;
        this.lease = lease;
        this.servers = parts.servers();
        this.door = parts.door();
        this.mailboxes = parts.mailboxes();
        this.state = state;
        this.suspects = new Suspects(
                key -> mailboxes.failed(lease, key), mailbox.config().tries());
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(attempt());
            }
        } catch (InterruptedException stopped) {
            release();
        }
    }

    /** One connection, from sign-in to whatever ends it; says how long to wait then. */
    private Duration attempt() throws InterruptedException {
        try {
            Optional<Checkpoint> checkpoint = mailboxes.take(lease);
            if (checkpoint.isEmpty()) {
                return PAUSE;
            }
            Heartbeat heartbeat = new Heartbeat(mailboxes, lease, state);
            try {
                return whileHeld(checkpoint.get());
            } finally {
                heartbeat.stop();
            }
        } catch (LeaseLostException lost) {
            LOG.warnf("mailbox %s is read by another process now", mailbox.name());
            return PAUSE;
        } catch (StoreUnavailableException away) {
            LOG.debugf("mailbox %s waits for the database: %s", mailbox.name(), away.getMessage());
            return PAUSE;
        }
    }

    private Duration whileHeld(Checkpoint checkpoint) throws InterruptedException, LeaseLostException {
        try {
            if (!door.isOpen()) {
                state.trouble("waits: Kafka does not take reports; the mails stay on the server");
                return PAUSE;
            }
            return session(checkpoint);
        } catch (MailTroubleException trouble) {
            if (Thread.interrupted()) {
                // The connection was ended from here.
                throw new InterruptedException();
            }
            state.trouble(trouble.explanation());
            Duration pause = backoff.next(trouble.kind());
            LOG.warnf("mailbox %s: %s; next try in %d s", mailbox.name(), trouble.explanation(), pause.toSeconds());
            return pause;
        } catch (StoreUnavailableException | LeaseLostException ours) {
            throw ours;
        } catch (RuntimeException surprise) {
            LOG.errorf(surprise, "mailbox %s: unexpected", mailbox.name());
            state.trouble("an error of Sealpost's own, see its log");
            return backoff.next(MailTroubleException.Kind.PROTOCOL);
        } finally {
            mailboxes.say(lease, state.row());
        }
    }

    private Duration session(Checkpoint checkpoint)
            throws MailTroubleException, InterruptedException, LeaseLostException {
        MailboxConfig config = mailbox.config();
        boolean pop3 = config.protocol() == MailboxConfig.Protocol.POP3;
        try (MailServer server = servers.connect(mailbox.name(), config)) {
            MailFolder folder = server.open(config.after() == MailboxConfig.After.KEEP);
            Progress progress = pop3
                    ? new Pop3Progress(mailboxes, lease)
                    : new ImapProgress(mailboxes, lease, checkpoint, folder.validity());
            Handing handing = new Handing(mailbox, door, mailboxes, lease, postponed);
            Sweep sweep = new Sweep(folder, progress, handing, suspects, state);
            while (sweep.run(config)) {
                backoff.reset();
                state.success();
                mailboxes.say(lease, state.row());
                if (pop3) {
                    // A session shows what was there when it began, and deletes at its end (RFC 1939, sections 5 and
                    // 6).
                    folder.await(Duration.ZERO);
                    return postponed.pause(config.interval());
                }
                folder.await(postponed.pause(config.interval()));
            }
            state.trouble("waits: Kafka does not take reports; the mails stay on the server");
            return PAUSE;
        }
    }

    private void release() {
        try {
            mailboxes.release(lease);
        } catch (StoreUnavailableException away) {
            LOG.debugf("the lease of mailbox %s runs out by itself: %s", mailbox.name(), away.getMessage());
        }
    }
}

package dev.sealpost.intake.mailbox;

import java.util.Collection;
import java.util.List;

import dev.sealpost.store.MailboxLease;
import dev.sealpost.store.Mailboxes;
import dev.sealpost.store.Mailboxes.Checkpoint;

/** UIDs under one UIDVALIDITY (RFC 3501, section 2.3.1.1); with another one everything is read again. */
final class ImapProgress implements Progress {
    private final Mailboxes mailboxes;
    private final MailboxLease lease;
    private final long validity;
    private final DoneUids done;
    private boolean begun;

    ImapProgress(Mailboxes mailboxes, MailboxLease lease, Checkpoint checkpoint, long validity) {
        this.mailboxes = mailboxes;
        this.lease = lease;
        this.validity = validity;
        this.begun = checkpoint.validity() == validity;
        this.done = DoneUids.parse(checkpoint.validity() == validity ? checkpoint.done() : "");
    }

    @Override
    public List<String> open(MailFolder folder) throws MailTroubleException, LeaseLostException {
        if (!begun) {
            // Another validity forgets the tries of all mails: not after some of them were counted.
            save();
            begun = true;
        }
        List<String> open = folder.keys(key -> !done.contains(Long.parseLong(key)));
        done.join(open.stream().map(Long::valueOf).toList());
        return open;
    }

    @Override
    public void finish(Collection<String> keys) throws LeaseLostException {
        keys.forEach(key -> done.add(Long.parseLong(key)));
        save();
        mailboxes.forget(lease, keys);
    }

    private void save() throws LeaseLostException {
        if (!mailboxes.save(lease, new Checkpoint(validity, done.toString()))) {
            throw new LeaseLostException();
        }
    }
}

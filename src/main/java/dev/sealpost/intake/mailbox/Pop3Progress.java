package dev.sealpost.intake.mailbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.sealpost.store.MailboxLease;
import dev.sealpost.store.Mailboxes;

/** What UIDL says of each mail (RFC 1939, section 7), remembered as long as the mail is there. */
final class Pop3Progress implements Progress {
    private final Mailboxes mailboxes;
    private final MailboxLease lease;
    private final Set<String> done;

    Pop3Progress(Mailboxes mailboxes, MailboxLease lease) {
        this.mailboxes = mailboxes;
        this.lease = lease;
        this.done = new HashSet<>(mailboxes.done(lease.mailbox()));
    }

    @Override
    public List<String> open(MailFolder folder) throws MailTroubleException {
        List<String> there = folder.keys(key -> true);
        Set<String> gone = new HashSet<>(done);
        there.forEach(gone::remove);
        mailboxes.forget(lease, gone);
        done.removeAll(gone);
        return there.stream().filter(key -> !done.contains(key)).toList();
    }

    @Override
    public void finish(Collection<String> keys) throws LeaseLostException {
        if (!mailboxes.finish(lease, keys)) {
            throw new LeaseLostException();
        }
        done.addAll(keys);
    }
}

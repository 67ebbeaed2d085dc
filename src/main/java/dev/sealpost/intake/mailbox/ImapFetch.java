package dev.sealpost.intake.mailbox;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** Fetches mails: their sizes first, then many bodies by one command, each handed over before the next is read. */
final class ImapFetch {
    private static final int PAGE_MAILS = 100;
    private static final long PAGE_BYTES = 4L * 1024 * 1024;

    private final ImapSession session;
    private final ImapState state;
    private final long maxMail;
    private final MailFolder.Consumer consumer;
    private final Map<Long, Long> sizes = new HashMap<>();

    ImapFetch(ImapSession session, ImapState state, long maxMail, MailFolder.Consumer consumer) {
        this.session = session;
        this.state = state;
        this.maxMail = maxMail;
        this.consumer = consumer;
    }

    /** Of these mails, sorted. */
    void run(long[] uids) throws MailTroubleException, InterruptedException {
        readSizes(uids);
        for (long uid : uids) {
            Long size = sizes.get(uid);
            if (size == null) {
                consumer.gone(Long.toString(uid));
            } else if (size > maxMail) {
                sizes.remove(uid);
                consumer.tooLarge(Long.toString(uid), size);
            }
        }
        long[] there = Arrays.stream(uids).filter(sizes::containsKey).toArray();
        for (int from = 0; from < there.length; ) {
            int to = pageEnd(there, from);
            readBodies(Arrays.copyOfRange(there, from, to));
            from = to;
        }
        if (!sizes.isEmpty()) {
            missing(Arrays.stream(there).filter(sizes::containsKey).toArray());
        }
    }

    private int pageEnd(long[] uids, int from) {
        long bytes = 0;
        int to = from;
        while (to < uids.length && to - from < PAGE_MAILS && (to == from || bytes + size(uids[to]) <= PAGE_BYTES)) {
            bytes += size(uids[to++]);
        }
        return to;
    }

    private long size(long uid) {
        return sizes.getOrDefault(uid, 0L);
    }

    private void readSizes(long[] uids) throws MailTroubleException, InterruptedException {
        for (String set : UidSet.write(uids)) {
            session.run("UID FETCH " + set + " (UID RFC822.SIZE)", null, Allowance.LIST, answer -> {
                state.take(answer);
                FetchAnswer fetched = FetchAnswer.of(answer);
                if (fetched.size() >= 0 && UidSet.contains(uids, fetched.uid())) {
                    sizes.put(fetched.uid(), fetched.size());
                }
            });
        }
    }

    private void readBodies(long[] uids) throws MailTroubleException, InterruptedException {
        long bytes = Arrays.stream(uids).map(this::size).sum();
        Allowance allowance = Allowance.mails(uids.length, bytes, maxMail);
        for (String set : UidSet.write(uids)) {
            // A server may say no because some of them are gone: which, is seen by what did not come.
            session.run("UID FETCH " + set + " (UID INTERNALDATE BODY.PEEK[])", null, allowance, answer -> {
                state.take(answer);
                body(answer, uids);
            });
        }
    }

    /** A mail that was asked for and did not come yet; anything else is dropped. */
    private void body(IMAPResponse answer, long[] uids) throws InterruptedException {
        FetchAnswer fetched = FetchAnswer.of(answer);
        byte[] mail = fetched.body();
        if (mail == null || !UidSet.contains(uids, fetched.uid()) || sizes.remove(fetched.uid()) == null) {
            return;
        }
        session.guard().hold();
        if (mail.length > maxMail) {
            consumer.tooLarge(Long.toString(fetched.uid()), mail.length);
        } else {
            consumer.take(Long.toString(fetched.uid()), mail, fetched.received());
        }
        session.guard().resume();
    }

    /** Mails whose size the server told, but which it did not give: removed meanwhile, or it cannot read them. */
    private void missing(long[] uids) throws MailTroubleException, InterruptedException {
        sizes.clear();
        readSizes(uids);
        for (long uid : uids) {
            if (!sizes.containsKey(uid)) {
                consumer.gone(Long.toString(uid));
            }
        }
        if (!sizes.isEmpty()) {
            throw new MailTroubleException(
                    Kind.PROTOCOL,
                    session.where() + " does not give out " + sizes.size() + " mails that it lists, the first with UID "
                            + Arrays.stream(uids)
                                    .filter(sizes::containsKey)
                                    .min()
                                    .orElse(0));
        }
    }
}

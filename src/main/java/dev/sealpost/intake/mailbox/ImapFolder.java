package dev.sealpost.intake.mailbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import dev.sealpost.intake.mailbox.MailboxConfig.After;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** A folder that is open in an IMAP session. Keys are UIDs in decimal. */
final class ImapFolder implements MailFolder {
    private static final int LISTED_AT_ONCE = 2_000;
    private static final int MAX_MAILS = 1_000_000;

    private final ImapSession session;
    private final MailboxConfig config;
    private final ImapState state;
    private final boolean readOnly;
    private final ImapWait wait;

    ImapFolder(ImapSession session, MailboxConfig config, ImapState state, boolean readOnly) {
        this.session = session;
        this.config = config;
        this.state = state;
        this.readOnly = readOnly;
        this.wait = new ImapWait(session, state, config.idle());
    }

    @Override
    public long validity() {
        return state.validity();
    }

    @Override
    public List<String> keys(Predicate<String> wanted) throws MailTroubleException {
        try {
            session.must("NOOP", null, Allowance.LIST, state);
            state.takeNews();
            return Arrays.stream(uids())
                    .sorted()
                    .distinct()
                    .mapToObj(Long::toString)
                    .filter(wanted)
                    .toList();
        } catch (InterruptedException e) {
            throw ImapServer.interrupted(session, e);
        }
    }

    /** By sequence numbers, which no server may change between these commands (RFC 9051, section 7.5.1). */
    private long[] uids() throws MailTroubleException, InterruptedException {
        int exists = (int) Math.min(state.exists(), MAX_MAILS);
        Uids found = new Uids(exists);
        for (int first = 1; first <= exists; first += LISTED_AT_ONCE) {
            int last = Math.min(exists, first + LISTED_AT_ONCE - 1);
            session.must("FETCH " + first + ":" + last + " (UID)", null, Allowance.LIST, answer -> {
                state.take(answer);
                found.take(answer);
            });
        }
        return found.get();
    }

    @Override
    public void fetch(Collection<String> keys, Consumer consumer) throws MailTroubleException, InterruptedException {
        new ImapFetch(session, state, config.maxMail().asLongValue(), consumer).run(UidSet.of(keys));
    }

    @Override
    public void settle(Collection<String> keys) throws MailTroubleException {
        if (config.after() == After.KEEP || keys.isEmpty()) {
            return;
        }
        if (readOnly) {
            throw new MailTroubleException(Kind.FOLDER, session.where() + " has the folder open read-only");
        }
        try {
            new ImapSettlement(session, config, state).run(UidSet.of(keys));
        } catch (InterruptedException e) {
            throw ImapServer.interrupted(session, e);
        }
    }

    @Override
    public void await(Duration atMost) throws MailTroubleException, InterruptedException {
        wait.run(atMost);
    }

    /** UIDs of answers, no more than there are mails. */
    private static final class Uids {
        private final long[] uids;
        private int count;

        Uids(int atMost) {
            uids = new long[atMost];
        }

        void take(IMAPResponse answer) {
            long uid = FetchAnswer.of(answer).uid();
            if (uid != 0 && count < uids.length) {
                uids[count++] = uid;
            }
        }

        long[] get() {
            return Arrays.copyOf(uids, count);
        }
    }
}

package dev.sealpost.intake.mailbox;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Mails on which a fetch broke off. Which one of a page it was is not known, so each is fetched alone, after all others;
 * a try counts only against a mail that failed alone while others did not, or that the server itself refused: when the
 * connection is bad no mail is to blame. For one thread, and kept over connections.
 */
final class Suspects {
    private final Set<String> keys = new LinkedHashSet<>();
    private final ToIntFunction<String> count;
    private final int tries;
    private boolean othersWork;

    /**
     * @param count counts a failed try of a mail, and says how many there were
     * @param tries after so many a mail is given up
     */
    Suspects(ToIntFunction<String> count, int tries) {
        this.count = count;
        this.tries = tries;
    }

    void putLast(List<String> open) {
        keys.retainAll(Set.copyOf(open));
        open.removeAll(keys);
        open.addAll(keys);
    }

    int pageSize(String first, int usual) {
        return keys.contains(first) ? 1 : usual;
    }

    /** These came through. */
    void worked(Collection<String> seen) {
        if (!seen.isEmpty()) {
            keys.removeAll(seen);
            othersWork = true;
        }
    }

    /** A page broke off; whether the one mail it had is to be given up. */
    boolean broke(List<String> page, Collection<String> seen, MailTroubleException why) {
        worked(seen);
        Collection<String> rest = new LinkedHashSet<>(page);
        rest.removeAll(seen);
        keys.removeAll(rest);
        keys.addAll(rest);
        boolean blamed = othersWork || why.kind() == MailTroubleException.Kind.PROTOCOL;
        othersWork = false;
        return page.size() == 1 && rest.size() == 1 && blamed && count.applyAsInt(page.getFirst()) >= tries;
    }
}

package dev.sealpost.intake.mailbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.sealpost.intake.mailbox.MailDoor.Outcome;

/**
 * Reads what is open in a folder, page by page: fetched, handed over, flagged, remembered, in this order, so that a crash
 * anywhere reads some mails again and loses none. A mail on which a page broke off is then fetched alone, and after all
 * others. For one thread.
 */
final class Sweep {
    private static final int PAGE = 500;

    private final MailFolder folder;
    private final Progress progress;
    private final Handing handing;
    private final Suspects suspects;
    private final MailboxState state;

    Sweep(MailFolder folder, Progress progress, Handing handing, Suspects suspects, MailboxState state) {
        this.folder = folder;
        this.progress = progress;
        this.handing = handing;
        this.suspects = suspects;
        this.state = state;
    }

    /**
     * Reads everything that is there now.
     *
     * @return false if it stopped because nothing durable takes reports
     */
    boolean run(MailboxConfig config) throws MailTroubleException, InterruptedException, LeaseLostException {
        List<String> open = new ArrayList<>(progress.open(folder));
        if (config.order() == MailboxConfig.Order.NEWEST) {
            Collections.reverse(open);
        }
        int postponed = handing.postponed().takeOut(open, folder.validity());
        suspects.putLast(open);
        state.begin(open.size() + postponed);
        for (int next = 0; next < open.size(); ) {
            if (!handing.isOpen()) {
                return false;
            }
            int size = suspects.pageSize(open.get(next), PAGE);
            List<String> page = open.subList(next, Math.min(open.size(), next + size));
            if (!read(page, config)) {
                return false;
            }
            next += page.size();
            state.read(page.size());
        }
        return true;
    }

    private boolean read(List<String> page, MailboxConfig config)
            throws MailTroubleException, InterruptedException, LeaseLostException {
        Results results = handing.begin(folder.validity());
        try {
            folder.fetch(page, results);
        } catch (MailTroubleException broken) {
            results.await();
            if (config.after() == MailboxConfig.After.KEEP) {
                progress.finish(results.done());
            }
            if (suspects.broke(page, results.seen(), broken)) {
                setAside(page, broken);
            }
            throw broken;
        }
        results.await();
        suspects.worked(results.seen());
        Collection<String> durable = results.of(Outcome.DURABLE);
        if (config.after() != MailboxConfig.After.KEEP && !durable.isEmpty()) {
            handing.stillHeld();
            folder.settle(durable);
        }
        progress.finish(results.done());
        return results.of(Outcome.LATER).isEmpty();
    }

    /** Of a mail that the server never gives out, only its place can be kept. */
    private void setAside(List<String> page, MailTroubleException broken)
            throws InterruptedException, LeaseLostException {
        Set<String> done = new HashSet<>();
        for (String key : page) {
            if (handing.giveUp(folder.validity(), key, broken)) {
                done.add(key);
            }
        }
        progress.finish(done);
    }
}

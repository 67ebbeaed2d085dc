package dev.sealpost.intake.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.sealpost.intake.mailbox.MailDoor.Outcome;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The mails of one page on their way: handed over side by side, and what became of each. For one thread. */
final class Results implements MailFolder.Consumer {
    private static final Logger LOG = Logger.getLogger(Results.class);

    private final List<Thread> underWay = new ArrayList<>();
    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Work work;
    private final MailRoom room;
    private final String mailbox;

    /** What is done with each. */
    interface Work {
        Outcome hand(String key, byte[] mail, @Nullable Instant received) throws InterruptedException;
    }

    Results(Work work, MailRoom room, String mailbox) {
        this.work = work;
        this.room = room;
        this.mailbox = mailbox;
    }

    @Override
    public void take(String key, byte[] mail, @Nullable Instant received) throws InterruptedException {
        MailRoom.Place place = room.of(mail.length);
        underWay.add(Thread.ofVirtual().name("mail-" + key).start(() -> {
            try (place) {
                outcomes.put(key, work.hand(key, mail, received));
            } catch (InterruptedException stopping) {
                outcomes.put(key, Outcome.LATER);
            } catch (RuntimeException away) {
                LOG.warnf("mailbox %s: mail %s waits: %s", mailbox, key, away.toString());
                outcomes.put(key, Outcome.LATER);
            }
        }));
    }

    @Override
    public void tooLarge(String key, long size) {
        LOG.warnf("mailbox %s: mail %s has %d bytes, more than are fetched; it is left alone", mailbox, key, size);
        outcomes.put(key, Outcome.TOO_LARGE);
    }

    @Override
    public void gone(String key) {
        outcomes.put(key, Outcome.GONE);
    }

    /** Returns when all that came is handed over. */
    void await() throws InterruptedException {
        for (Thread mail : underWay) {
            mail.join();
        }
        underWay.clear();
    }

    /** Keys that came, in whatever way. */
    Collection<String> seen() {
        return outcomes.keySet();
    }

    Collection<String> of(Outcome outcome) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getValue() == outcome)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Keys that need not be looked at again. */
    Collection<String> done() {
        // What is gone is not listed again; if a server only says so, it is.
        Set<Outcome> open = Set.of(Outcome.LATER, Outcome.AGAIN, Outcome.GONE);
        return outcomes.entrySet().stream()
                .filter(entry -> !open.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}

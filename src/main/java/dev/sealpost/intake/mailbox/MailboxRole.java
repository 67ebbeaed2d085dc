package dev.sealpost.intake.mailbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import dev.sealpost.store.MailboxLease;
import dev.sealpost.store.MailboxRow;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.HttpServerStart;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads all mailboxes of the settings, each in a thread of its own, so that a broken one delays no other. */
@Singleton
@Startup // a wrong setting stops the start
class MailboxRole {
    /** A process that dies is replaced within a minute. */
    private static final Duration LEASE = Duration.ofSeconds(40);

    private static final Duration STOP = Duration.ofSeconds(2);

    private final MailboxParts parts;
    private final Clock clock;
    private final boolean reads;
    private final UUID owner;
    private final List<Mailbox> mailboxes = new ArrayList<>();
    private final Map<String, MailboxState> states = new TreeMap<>();
    private final List<Thread> threads = new ArrayList<>();

    MailboxRole(
            MailboxesConfig config,
            MailboxParts parts,
            Clock clock,
            @ConfigProperty(name = "standalone.mailboxes", defaultValue = "true") boolean reads,
            @ConfigProperty(name = "standalone.instance") Optional<String> instance) {
        this.parts = parts;
        this.clock = clock;
        this.reads = reads;
        // Of one data directory there is one process: who comes back need not wait for its own lease.
        this.owner = instance.map(id -> UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(UUID::randomUUID);
        config.byName().forEach((name, mailbox) -> mailboxes.add(MailboxSettings.checked(name, mailbox)));
    }

    /** Begins. Only a server does: a command shares the directory with one. */
    void start(@ObservesAsync HttpServerStart started) {
        synchronized (threads) {
            if (!reads || !threads.isEmpty()) {
                return;
            }
            for (Mailbox mailbox : mailboxes) {
                MailboxState state = new MailboxState(mailbox.name(), clock);
                states.put(mailbox.name(), state);
                parts.metrics().watch(mailbox.name(), state);
                MailboxLease lease = new MailboxLease(mailbox.name(), mailbox.place(), owner, LEASE);
                MailboxRun run = new MailboxRun(mailbox, lease, parts, state);
                threads.add(Thread.ofVirtual().name("mailbox-" + mailbox.name()).start(run));
            }
        }
    }

    /** How the mailboxes of this process are doing. */
    Collection<MailboxRow> rows() {
        synchronized (threads) {
            return states.values().stream().map(MailboxState::row).toList();
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        synchronized (threads) {
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) {
                thread.join(STOP);
            }
        }
    }
}

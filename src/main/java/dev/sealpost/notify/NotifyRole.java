package dev.sealpost.notify;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import dev.sealpost.store.Schema;
import io.quarkus.vertx.http.HttpServerStart;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Looks each second what is to be told, and gives each channel a thread of its own, so that none waits for another. */
@Singleton
class NotifyRole {
    private static final Duration STOP = Duration.ofSeconds(2);
    private static final int AT_ONCE = 500;

    private final ChannelRun run;
    private final NotifyRound round;
    private final Clock clock;
    private final boolean works;
    private final UUID owner;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private @Nullable Thread thread;

    NotifyRole(
            ChannelRun run,
            NotifyRound round,
            Clock clock,
            @ConfigProperty(name = "standalone.alerts", defaultValue = "true") boolean works,
            @ConfigProperty(name = "standalone.instance") Optional<String> instance) {
        this.run = run;
        this.round = round;
        this.clock = clock;
        this.works = works;
        // Of one data directory there is one process: who comes back need not wait for its own lease.
        this.owner = instance.map(id -> UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(UUID::randomUUID);
    }

    /** Begins. Only a server does: a command shares the directory with one. */
    synchronized void start(@ObservesAsync HttpServerStart started, Schema schema) {
        if (works && thread == null) {
            thread = Thread.ofVirtual().name("notify").start(() -> loop(schema));
        }
    }

    private void loop(Schema schema) {
        try {
            while (true) {
                if (schema.isCurrent()) {
                    once();
                }
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        round.guarded(() -> {
            Instant now = clock.instant();
            // Those that run already are among them.
            for (UUID channel : round.busy(now, owner, AT_ONCE + running.size())) {
                if (running.size() < AT_ONCE && running.add(channel)) {
                    Thread.ofVirtual().name("channel-" + channel).start(() -> work(channel));
                }
            }
        });
    }

    private void work(UUID channel) {
        try {
            round.guarded(() -> run.run(channel, owner));
        } finally {
            running.remove(channel);
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        Thread known = thread;
        if (known != null) {
            known.interrupt();
            known.join(STOP);
        }
    }
}

package dev.sealpost.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.sealpost.outbound.OutboundForTests;
import dev.sealpost.store.ChannelRow;
import dev.sealpost.store.DeliveryRow;
import dev.sealpost.store.Notice;
import dev.sealpost.store.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;

/** Processes that tell channels, on a real database, with a clock that stands until it is moved. */
final class World {
    final TestDatabase database = TestDatabase.get();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final StandingClock clock = new StandingClock();
    private final UUID owner = UUID.randomUUID();
    private final Exit failing = (channel, message) -> Outcome.broken("not in this test");

    /** Time as the test has it. */
    static final class StandingClock extends Clock {
        private volatile Instant now = Notices.AT;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void forward(Duration by) {
            now = now.plus(by);
        }

        void set(Instant time) {
            now = time;
        }
    }

    World() {
        database.clear();
    }

    /** The work of a process on one channel. */
    ChannelRun process() {
        HttpExit http = new HttpExit(OutboundForTests.toLoopback(), clock);
        AlertmanagerExit alertmanager = new AlertmanagerExit(http, database.openAlerts(), clock);
        NotifyMetrics metrics = new NotifyMetrics(registry);
        Exits exits = new Exits(http, alertmanager, failing, failing);
        Sending sending = new Sending(
                exits, database.messages(), metrics, new Pushing(database.openAlerts(), alertmanager, metrics), clock);
        Packing packing =
                new Packing(database.outbox(), database.messages(), new Digests(database.outbox(), numbers()));
        return new ChannelRun(database.channelLeases(), database.messages(), packing, sending, clock);
    }

    /** Of {@code configured.example}, which a setting watches, and of what is registered. */
    DigestNumbers numbers() {
        return new DigestNumbers(
                database.summaries(),
                database.digests(),
                database.watched(),
                false,
                Optional.of(List.of("configured.example")));
    }

    /** Routes all notices, and does once what is to be done for all channels, one after the other. */
    void round() {
        route();
        for (UUID channel : busy()) {
            process().run(channel, owner);
        }
    }

    void route() {
        while (database.routing().route(1_000, clock.instant()) > 0) {
            // Until none is left.
        }
    }

    List<UUID> busy() {
        return database.channelLeases().busy(clock.instant(), owner, 1_000);
    }

    void put(Notice... notices) {
        database.put(List.of(notices));
    }

    UUID webhook(String url) {
        return channel("webhook", null, 3, List.of(), settings(null, null, true), url);
    }

    Settings settings(@Nullable QuietHours quiet, @Nullable Schedule digest, boolean criticalPasses) {
        return new Settings(List.of(), quiet, digest, criticalPasses, Settings.PER_HOUR);
    }

    UUID channel(
            String type, @Nullable String tenant, int severity, List<String> domains, Settings settings, String url) {
        UUID id = UUID.randomUUID();
        Schedule digest = settings.digest();
        database.channels()
                .insert(
                        new ChannelRow(
                                id,
                                tenant,
                                type,
                                type,
                                true,
                                severity,
                                domains,
                                Kept.write(settings),
                                Kept.write(new Secrets(url, SECRET, null, null, null)),
                                clock.instant(),
                                digest == null ? null : digest.next(clock.instant())),
                        1_000);
        return id;
    }

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    List<DeliveryRow> deliveries(UUID channel) {
        return new ArrayList<>(database.messages().last(channel, 1_000));
    }

    double counted(String type, String outcome) {
        return registry.counter("sealpost.deliveries", "type", type, "outcome", outcome)
                .count();
    }
}

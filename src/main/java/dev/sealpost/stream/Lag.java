package dev.sealpost.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks how far all aggregators together are behind, and whether reports are in danger: what the tables have not got when the
 * topic's retention ends is lost. Half of it is the time to wake somebody.
 */
@Singleton
class Lag {
    private static final Logger LOG = Logger.getLogger(Lag.class);
    private static final Duration SAY_AGAIN = Duration.ofHours(1);
    private static final int ANSWER_MILLIS = 5_000;

    private final ConsumerSettings settings;
    private final StreamConfig config;
    private final Map<String, Object> client;
    private final Clock clock;
    private @Nullable Admin admin;
    private Instant silentUntil = Instant.MIN;
    private volatile State state = new State(0, 0, false, Duration.ZERO);

    /**
     * What the last look saw.
     *
     * @param reports records that wait on the reports' topic
     * @param deadLetters records that wait on the dead letters' topic
     * @param late whether a report waits for longer than half of the retention
     * @param retention how long the reports' topic keeps records; zero for ever, or if it was not told
     */
    record State(long reports, long deadLetters, boolean late, Duration retention) {}

    Lag(
            ConsumerSettings settings,
            StreamConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> client,
            Clock clock) {
        this.settings = settings;
        this.config = config;
        this.client = client;
        this.clock = clock;
    }

    /** The last look; zeros before the first. */
    State state() {
        return state;
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void look() throws InterruptedException {
        if (!settings.consumes()) {
            return;
        }
        try {
            state = seen(admin());
            warn();
        } catch (ExecutionException | KafkaException away) {
            LOG.debugf("Kafka does not tell what waits on its topics: %s", away.getMessage());
        }
    }

    private synchronized Admin admin() {
        Admin open = admin;
        if (open == null) {
            Map<String, Object> patient = new HashMap<>(client);
            patient.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
            patient.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
            open = Admin.create(patient);
            admin = open;
        }
        return open;
    }

    private State seen(Admin open) throws ExecutionException, InterruptedException {
        GroupOffsets now = GroupOffsets.of(open, settings.topics());
        Map<TopicPartition, Long> next = now.next();
        Duration retention = retention(open);
        long half = clock.instant().minus(retention.dividedBy(2)).toEpochMilli();
        boolean late = !retention.isZero() && now.isBefore(next, config.reports(), half);
        return new State(now.left(next, config.reports()), now.left(next, config.deadLetters()), late, retention);
    }

    /** As the broker has it: the topic may be older than our setting. */
    private Duration retention(Admin open) throws InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, config.reports());
        try {
            for (Config told : open.describeConfigs(List.of(topic)).all().get().values()) {
                String millis = told.get(TopicConfig.RETENTION_MS_CONFIG).value();
                return Duration.ofMillis(Math.max(0, Long.parseLong(millis)));
            }
        } catch (ExecutionException notTold) {
            LOG.debugf("Kafka does not tell the retention of its topic: %s", notTold.getMessage());
        }
        return config.retention();
    }

    private void warn() {
        Instant now = clock.instant();
        if (state.late() && !now.isBefore(silentUntil)) {
            silentUntil = now.plus(SAY_AGAIN);
            LOG.warnf(
                    "reports wait for the tables for longer than half of the time that their topic keeps them (%s): %d"
                            + " reports; what is not in the tables by then is lost. Is the database up, and fast enough?",
                    state.retention(), state.reports());
        }
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}

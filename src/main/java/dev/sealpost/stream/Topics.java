package dev.sealpost.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Sees to it that the topics exist before anybody reads or writes them; of a broker that is away, when it answers. */
@Singleton
class Topics {
    private static final Logger LOG = Logger.getLogger(Topics.class);

    /**
     * Of a partition's dead letters. The broker deletes whole segments but the last, so a partition keeps up to twice as
     * much, and what comes between two of its looks (log.retention.check.interval.ms).
     */
    private static final String MAX_JUNK_BYTES = String.valueOf(64 << 20);

    private static final int ATTEMPT_SECONDS = 10;
    private static final int RETRY_SECONDS = 5;

    private static final int FIRST = 500;
    private static final int LAST = 5_000;

    /** A broker that is there has answered by then, and doors open without one. */
    private static final int START_SECONDS = 1;

    private final StreamConfig config;
    private final Map<String, Object> client;
    private final Consumer<Tried> listener;
    private final CompletableFuture<Boolean> first = new CompletableFuture<>();

    /** The topics were looked for once, whether or not the broker answered. */
    record Tried() {}

    @Inject
    Topics(
            StreamConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> client,
            Event<Tried> listeners) {
        this(config, client, listeners::fire);
    }

    Topics(StreamConfig config, Map<String, Object> client, Consumer<Tried> listener) {
        this.config = config;
        this.client = client;
        this.listener = listener;
    }

    /** Begins to have them made, beside the rest of the start. */
    void createMissing(@Observes @Priority(FIRST) StartupEvent start) {
        Thread.ofVirtual().name("topics").start(this::tryUntilDone);
        first.completeOnTimeout(false, START_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Waits for the first outcome, before the ports open, and goes on without where the broker is away.
     *
     * @throws IllegalStateException if the client's settings are wrong, or the broker answers and topics are missing and
     *     cannot be created, with what to do
     */
    void awaitFirst(@Observes @Priority(LAST) StartupEvent start) {
        try {
            first.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IllegalStateException refused ? refused : e;
        }
    }

    private void tryUntilDone() {
        try {
            boolean done = attempt();
            first.complete(done);
            if (done) {
                return;
            }
        } catch (IllegalStateException refused) {
            if (first.completeExceptionally(refused)) {
                return;
            }
            LOG.error(refused.getMessage());
        } finally {
            listener.accept(new Tried());
        }
        retry();
    }

    private void retry() {
        try {
            do {
                TimeUnit.SECONDS.sleep(RETRY_SECONDS);
            } while (!attemptAgain());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attemptAgain() {
        try {
            return attempt();
        } catch (IllegalStateException refused) {
            LOG.error(refused.getMessage());
            return false;
        }
    }

    /**
     * Whether the broker answered.
     *
     * @throws IllegalStateException if the client's settings are wrong, or topics are missing and cannot be created, with what to do
     */
    private boolean attempt() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ATTEMPT_SECONDS * 1000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ATTEMPT_SECONDS * 500);
        try (Admin admin = Admin.create(settings)) {
            Set<String> present = admin.listTopics().names().get(ATTEMPT_SECONDS, TimeUnit.SECONDS);
            List<String> missing = Stream.of(config.reports(), config.deadLetters())
                    .filter(topic -> !present.contains(topic))
                    .toList();
            if (!missing.isEmpty()) {
                create(admin, missing);
            }
            checkSizes(admin);
            return true;
        } catch (KafkaException e) {
            if (e.getCause() instanceof ConfigException wrong) {
                throw new IllegalStateException(wrong.getMessage(), wrong);
            }
            LOG.warnf("Kafka does not answer: %s", e.getCause() == null ? e.getMessage() : e.getCause());
            return false;
        } catch (TimeoutException e) {
            LOG.warnf("Kafka does not answer within %d s", ATTEMPT_SECONDS);
            return false;
        } catch (ExecutionException e) {
            LOG.warnf("Kafka does not answer: %s", e.getCause());
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What a door accepts and the topic refuses would come to light with the first large report, as a loss. */
    private void checkSizes(Admin admin) throws InterruptedException, TimeoutException, ExecutionException {
        List<ConfigResource> topics = Stream.of(config.reports(), config.deadLetters())
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<ConfigResource, Config> settings;
        try {
            settings = admin.describeConfigs(topics).all().get(ATTEMPT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                LOG.warn("Kafka does not let this user read the settings of its topics: their "
                        + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " must be " + config.maxMessageBytes() + " or more");
                return;
            }
            throw e;
        }
        for (Map.Entry<ConfigResource, Config> topic : settings.entrySet()) {
            ConfigEntry largest = topic.getValue().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            if (Long.parseLong(largest.value()) < config.maxMessageBytes()) {
                throw new IllegalStateException("sealpost.kafka.max-message: the topic "
                        + topic.getKey().name() + " takes "
                        + largest.value() + " bytes a record, but reports may have " + config.maxMessageBytes()
                        + "; raise the topic's max.message.bytes, or lower SEALPOST_INTAKE_MAX_JSON,"
                        + " SEALPOST_INTAKE_MAX_BODY and SEALPOST_KAFKA_MAX_MESSAGE");
            }
        }
    }

    private void create(Admin admin, List<String> missing) throws InterruptedException, TimeoutException {
        if (!config.createTopics()) {
            throw new IllegalStateException("Kafka has no topic " + String.join(", ", missing)
                    + ": create it, or allow it by sealpost.kafka.create-topics=true");
        }
        try {
            admin.createTopics(missing.stream().map(this::topic).toList()).all().get(ATTEMPT_SECONDS, TimeUnit.SECONDS);
            LOG.infof("created the topics %s", missing);
        } catch (ExecutionException e) {
            // Another process of ours may have been faster.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("Kafka refuses to create " + missing, e.getCause());
            }
        }
    }

    private NewTopic topic(String name) {
        Map<String, String> settings = new HashMap<>();
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(config.maxMessageBytes()));
        settings.put(
                TopicConfig.RETENTION_MS_CONFIG,
                String.valueOf(config.retention().toMillis()));
        if (name.equals(config.deadLetters())) {
            // Anybody can send junk; it must not fill the disk that the reports need.
            settings.put(TopicConfig.RETENTION_BYTES_CONFIG, MAX_JUNK_BYTES);
            settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, MAX_JUNK_BYTES);
        }
        return new NewTopic(name, config.partitions(), config.replication()).configs(settings);
    }
}

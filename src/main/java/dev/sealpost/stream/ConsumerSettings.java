package dev.sealpost.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jakarta.inject.Singleton;

import io.smallrye.common.annotation.Identifier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How the topics are consumed, and whether by this process. */
@Singleton
class ConsumerSettings {
    /** All aggregators together. */
    static final String GROUP = "sealpost-aggregator";

    /** Of one poll: with values of 32 KB at the most that may be compressed, 16 MB. */
    private static final int RECORDS = 500;

    /** Of one answer of the broker, as it is on its disk; a larger record comes alone. */
    private static final int FETCH_BYTES = 8 << 20;

    private static final int PARTITION_BYTES = 2 << 20;

    /** The heap that a membership wants, lest two of the largest reports come at once where one just fits. */
    private static final long HEAP = 200L << 20;

    /** How long the partitions of a process that died wait for another one. */
    private static final int SESSION_MILLIS = 10_000;

    /** Each has a connection of the pool of 12 to itself. */
    private static final int MOST = 8;

    private final Map<String, Object> client;
    private final StreamConfig config;
    private final boolean consumes;

    ConsumerSettings(
            @Identifier("default-kafka-broker") Map<String, Object> client,
            StreamConfig config,
            @ConfigProperty(name = "standalone.consumes", defaultValue = "true") boolean consumes) {
        this.client = client;
        this.config = config;
        this.consumes = consumes;
        if (config.consumers() < 1 || config.consumers() > MOST) {
            throw new IllegalArgumentException("sealpost.kafka.consumers: must be 1 to " + MOST);
        }
    }

    boolean consumes() {
        return consumes;
    }

    /** How many of the group's memberships are this process's; none if it does not consume. */
    int memberships() {
        long room = Runtime.getRuntime().maxMemory() / HEAP;
        return consumes ? Math.clamp(room, 1, config.consumers()) : 0;
    }

    List<String> topics() {
        return List.of(config.reports(), config.deadLetters());
    }

    Consumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                SESSION_MILLIS,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                SESSION_MILLIS / 4,
                // Only what moves is given up when a process comes or goes.
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName(),
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                10_000));
        settings.putAll(client);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        // Who comes back takes its partitions at once, instead of waiting for its own ghost to time out.
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}

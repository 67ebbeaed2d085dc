package dev.sealpost.stream;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import io.smallrye.common.annotation.Identifier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The topic that alerts go out on. It is made, and written to, only when somebody wants alerts there. Thread safe. */
@Singleton
public class AlertTopic {
    private static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";
    private static final int SECONDS = 10;

    private final Map<String, Object> client;
    private final StreamConfig config;
    private @Nullable KafkaProducer<String, byte[]> producer;

    AlertTopic(@Identifier("default-kafka-broker") Map<String, Object> client, StreamConfig config) {
        this.client = client;
        this.config = config;
    }

    /**
     * Writes an event. Blocks while the topic is not known.
     *
     * @param key events of one key keep their order
     * @param value a CloudEvent in JSON
     * @return where it is, when the broker has acknowledged it
     */
    // The callback tells all that the producer's own future would.
    @SuppressWarnings("FutureReturnValueIgnored")
    public CompletableFuture<String> send(String key, byte[] value) {
        CompletableFuture<String> acknowledged = new CompletableFuture<>();
        try {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(config.alerts(), key, value);
            record.headers().add("content-type", CONTENT_TYPE.getBytes(StandardCharsets.UTF_8));
            open().send(record, (place, failure) -> {
                if (failure == null) {
                    acknowledged.complete(
                            place.topic() + ", partition " + place.partition() + ", offset " + place.offset());
                } else {
                    acknowledged.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalStateException refused) {
            acknowledged.completeExceptionally(refused);
        }
        return acknowledged;
    }

    private synchronized KafkaProducer<String, byte[]> open() {
        KafkaProducer<String, byte[]> known = producer;
        if (known != null) {
            return known;
        }
        create();
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
        KafkaProducer<String, byte[]> made =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        producer = made;
        return made;
    }

    /** Nobody is to be without alerts because he reads them nowhere else: it is made here, and not at the start. */
    private void create() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, SECONDS * 1000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, SECONDS * 500);
        try (Admin admin = Admin.create(settings)) {
            if (admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS).contains(config.alerts())) {
                return;
            }
            if (!config.createTopics()) {
                throw new IllegalStateException("there is no topic " + config.alerts()
                        + ": create it, or allow it by sealpost.kafka.create-topics=true");
            }
            NewTopic topic = new NewTopic(config.alerts(), config.partitions(), config.replication())
                    .configs(Map.of(
                            TopicConfig.RETENTION_MS_CONFIG,
                            String.valueOf(config.retention().toMillis())));
            admin.createTopics(List.of(topic)).all().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // Another process of ours may have been faster.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("Kafka refuses the topic " + config.alerts(), e.getCause());
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer in time", e);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server is stopping", stopping);
        }
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(java.time.Duration.ofSeconds(2));
        }
    }
}

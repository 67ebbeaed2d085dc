package dev.sealpost.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Origin;
import io.smallrye.common.annotation.Identifier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The one way onto the topics. Thread safe; blocks its caller for two seconds at the most, when the broker is not known or
 * the buffer is full, so it is never called on an event loop. What waits for the broker is bounded by the buffer.
 */
@Singleton
public class ReportPublisher {
    /** Compressed values of any size would leave the consumer no bound on what one fetch unpacks to. */
    private static final int LARGEST_COMPRESSED = 32 * 1024;

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final KafkaProducer<String, byte[]> small;
    private final KafkaProducer<String, byte[]> large;
    private final Headers headers;
    private final StreamConfig config;

    ReportPublisher(
            @Identifier("default-kafka-broker") Map<String, Object> client, Headers headers, StreamConfig config) {
        this.small = producer(client, "zstd", 32L << 20);
        this.large = producer(client, "none", 2L * Topics.MAX_MESSAGE_BYTES);
        this.headers = headers;
        this.config = config;
    }

    private static KafkaProducer<String, byte[]> producer(Map<String, Object> client, String compression, long buffer) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, buffer);
        // All below the time that a request may take (sealpost.intake.patience).
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_500);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2_500);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Publishes a report.
     *
     * @param key what decides the partition: the smallest policy domain of the body, else the organisation
     * @param json the report's JSON text (RFC 8460, section 4)
     * @return done when the broker has acknowledged; failed when it did not within the producer's delivery timeout
     */
    public CompletionStage<Void> publish(String key, Origin origin, byte[] json) {
        return send(config.reports(), key, headers.of(origin, json, key, "application/tlsrpt+json"), json);
    }

    /**
     * Publishes bytes that hold no report, for the quarantine.
     *
     * @param reason kebab-case
     * @param detail one line for people
     * @return as for a report
     */
    public CompletionStage<Void> deadLetter(Origin origin, byte[] bytes, String reason, String detail) {
        RecordHeaders marked = headers.of(origin, bytes, reason, "application/octet-stream");
        Headers.add(marked, Headers.REASON, reason);
        Headers.add(marked, Headers.DETAIL, detail);
        return send(config.deadLetters(), origin.source(), marked, bytes);
    }

    // The callback tells all that the future would.
    @SuppressWarnings("FutureReturnValueIgnored")
    private CompletionStage<Void> send(String topic, String key, RecordHeaders recordHeaders, byte[] value) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        KafkaProducer<String, byte[]> producer = value.length > LARGEST_COMPRESSED ? large : small;
        try {
            producer.send(new ProducerRecord<>(topic, null, key, value, recordHeaders), (place, failure) -> {
                if (failure == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalStateException refused) {
            acknowledged.completeExceptionally(refused);
        }
        return acknowledged;
    }

    @PreDestroy
    void close() {
        small.close(CLOSE);
        large.close(CLOSE);
    }
}

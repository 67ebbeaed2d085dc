package dev.sealpost.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import io.smallrye.common.annotation.Identifier;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The one way onto the topics. Thread safe; blocks its caller for half a second at the most, when the broker is not known
 * or the buffer is full, so it is never called on an event loop. What waits for the broker is bounded by the buffer.
 */
@Singleton
public class ReportPublisher {
    /** Compressed values of any size would leave the consumer no bound on what one fetch unpacks to. */
    private static final int LARGEST_COMPRESSED = 32 * 1024;

    private static final int BLOCKED_MILLIS = 500;

    /** Together below the time that a request may take (sealpost.intake.patience). */
    private static final Duration BROKER = Duration.ofSeconds(2);

    /** 34 MB at 10 Mbit/s. What is cut off before and sent again would never get through. */
    private static final Duration SLOW_NETWORK = Duration.ofSeconds(30);

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final LateProducer small;
    private final LateProducer large;
    private final Breaker breaker = new Breaker(System::nanoTime);
    private final Headers headers;
    private final StreamConfig config;

    ReportPublisher(
            @Identifier("default-kafka-broker") Map<String, Object> client, Headers headers, StreamConfig config) {
        int largest = config.maxMessageBytes();
        this.small = new LateProducer(settings(client, "zstd", largest, 32L << 20, BROKER));
        this.large = new LateProducer(settings(client, "none", largest, 2L * largest, SLOW_NETWORK));
        this.headers = headers;
        this.config = config;
    }

    private static Map<String, Object> settings(
            Map<String, Object> client, String compression, int largest, long buffer, Duration answer) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, buffer);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) answer.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) answer.toMillis() + BLOCKED_MILLIS);
        // What comes within a moment goes together: one request, and one append, which the embedded broker flushes
        // once.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        return settings;
    }

    /** Whether the broker is trusted to acknowledge. */
    public Breaker breaker() {
        return breaker;
    }

    /**
     * Publishes a letter on its topic.
     *
     * @return done when the broker has acknowledged; failed when it did not within the producer's delivery timeout
     */
    // The callback tells all that the producer's own future would.
    @SuppressWarnings("FutureReturnValueIgnored")
    public CompletableFuture<Void> send(Letter letter) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        LateProducer producer = letter.value().length > LARGEST_COMPRESSED ? large : small;
        breaker.sent();
        try {
            producer.get().send(record(letter), (place, failure) -> settle(acknowledged, failure));
        } catch (KafkaException | IllegalStateException refused) {
            settle(acknowledged, refused);
        }
        return acknowledged;
    }

    private void settle(CompletableFuture<Void> acknowledged, @Nullable Exception failure) {
        // The first word counts: what the producer throws it may tell the callback as well.
        if (failure == null) {
            if (acknowledged.complete(null)) {
                breaker.acknowledged();
            }
        } else if (acknowledged.completeExceptionally(failure)) {
            breaker.failed(failure, !isPermanent(failure));
        }
    }

    private ProducerRecord<String, byte[]> record(Letter letter) {
        String topic =
                switch (letter) {
                    case Letter.ReportLetter report -> config.reports();
                    case Letter.DeadLetter dead -> config.deadLetters();
                };
        return new ProducerRecord<>(topic, null, letter.key(), letter.value(), headers.of(letter));
    }

    /** Whether a failure is about the record itself, which will never be taken as it is. */
    public static boolean isPermanent(Throwable failure) {
        return failure instanceof RecordTooLargeException || failure instanceof SerializationException;
    }

    /**
     * Asks the broker for the topics, which closes the breaker if it answers. Blocks for a second at the most.
     *
     * @return whether it answered
     */
    public boolean reach() {
        try {
            for (LateProducer producer : List.of(small, large)) {
                producer.get().partitionsFor(config.deadLetters());
                producer.get().partitionsFor(config.reports());
            }
            breaker.close();
            return true;
        } catch (KafkaException away) {
            return false;
        }
    }

    @PreDestroy
    void close() {
        small.close(CLOSE);
        large.close(CLOSE);
    }
}

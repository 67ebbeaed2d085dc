package dev.sealpost.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Reads the reports' topic once more, beside the consumer and without a group: nobody's place in it changes. */
@Singleton
public class Replay {
    private static final Logger LOG = Logger.getLogger(Replay.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int MAX_RECORDS = 200;
    private static final int FETCH_BYTES = 8 << 20;

    /** Polls without a record, after which the broker counts as away. */
    private static final int PATIENCE = 60;

    private final Map<String, Object> client;
    private final Headers headers;
    private final StreamConfig config;
    private volatile boolean stopping;

    Replay(@Identifier("default-kafka-broker") Map<String, Object> client, Headers headers, StreamConfig config) {
        this.client = client;
        this.headers = headers;
        this.config = config;
    }

    void stop(@Observes ShutdownEvent stop) {
        stopping = true;
    }

    /** Who takes reports that are read once more. */
    public interface Taker {
        /** Takes some, and returns when more may come. */
        void take(List<Letter> letters) throws InterruptedException;
    }

    /**
     * Hands on all reports that are on the topic now, a bounded number of bytes at once.
     *
     * @return whether all were; not if the broker is away or the process stops
     */
    public boolean all(Taker taker) throws InterruptedException {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(config.reports()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            return read(consumer, ends, taker);
        } catch (KafkaException away) {
            LOG.warnf("the topic cannot be read again now: %s", away.getMessage());
            return false;
        }
    }

    private boolean read(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends, Taker taker)
            throws InterruptedException {
        int idle = 0;
        while (!atEnd(consumer, ends)) {
            if (stopping || idle > PATIENCE) {
                return false;
            }
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            idle = records.isEmpty() ? idle + 1 : 0;
            List<Letter> letters = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : records) {
                if (record.value() != null) {
                    letters.add(headers.report(record));
                }
            }
            taker.take(letters);
        }
        return true;
    }

    private static boolean atEnd(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}

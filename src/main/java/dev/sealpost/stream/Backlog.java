package dev.sealpost.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import io.smallrye.common.annotation.Identifier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What waits on the topics for the tables, whichever process consumes them. */
@Singleton
@Unremovable
public class Backlog {
    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final int POLL_MILLIS = 100;

    private final StreamConfig config;
    private final Map<String, Object> client;
    private final String group;

    Backlog(
            StreamConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> client,
            @ConfigProperty(name = "mp.messaging.incoming.letters-in.group.id") String group) {
        this.config = config;
        this.client = client;
        this.group = group;
    }

    /**
     * Waits until all that is on the topics now is in the tables.
     *
     * @param patience how long to wait while nothing moves
     * @return false if patience ended first, or the broker does not answer
     */
    public boolean await(Duration patience) throws InterruptedException {
        try (Admin admin = Admin.create(new HashMap<>(client))) {
            Map<TopicPartition, Long> ends = ends(admin);
            long least = Long.MAX_VALUE;
            long since = System.nanoTime();
            while (true) {
                long left = left(admin, ends);
                if (left == 0) {
                    return true;
                }
                if (left < least) {
                    least = left;
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > patience.toNanos()) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (ExecutionException e) {
            LOG.warnf("Kafka does not tell what waits on its topics: %s", e.getCause());
            return false;
        }
    }

    private Map<TopicPartition, Long> ends(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted =
                admin
                        .describeTopics(List.of(config.reports(), config.deadLetters()))
                        .allTopicNames()
                        .get()
                        .values()
                        .stream()
                        .flatMap(Backlog::partitions)
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return offsets(admin, wanted);
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition()));
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Map<TopicPartition, OffsetSpec> wanted)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, ListOffsetsResultInfo> found =
                admin.listOffsets(wanted).all().get();
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private long left(Admin admin, Map<TopicPartition, Long> ends) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        // Where nothing was ever committed, or what was is gone, the oldest record comes next.
        Map<TopicPartition, Long> oldest = offsets(
                admin,
                ends.keySet().stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.earliest())));
        long left = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata done = committed.get(end.getKey());
            long next = Math.max(done == null ? 0 : done.offset(), oldest.getOrDefault(end.getKey(), 0L));
            left += Math.max(0, end.getValue() - next);
        }
        return left;
    }
}

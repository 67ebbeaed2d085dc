package dev.sealpost.stream;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the group of all aggregators stands on topics.
 *
 * @param ends where each partition ends
 */
record GroupOffsets(Admin admin, Map<TopicPartition, Long> ends) {

    /** As it is now. */
    static GroupOffsets of(Admin admin, List<String> topics) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(GroupOffsets::partitions)
                .toList();
        return new GroupOffsets(admin, offsets(admin, partitions, OffsetSpec.latest()));
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition()));
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Collection<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which)))
                .all()
                .get();
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** Of each partition the record that comes next; where nothing was ever committed, or what was is gone, the oldest. */
    Map<TopicPartition, Long> next() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(ConsumerSettings.GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, Long> next = new HashMap<>(offsets(admin, ends.keySet(), OffsetSpec.earliest()));
        next.replaceAll((partition, oldest) -> {
            OffsetAndMetadata done = committed.get(partition);
            return done == null ? oldest : Math.max(done.offset(), oldest);
        });
        return next;
    }

    /**
     * Records between where partitions stood in {@link #next} and these ends.
     *
     * @param topic of this topic alone
     */
    long left(Map<TopicPartition, Long> next, String topic) {
        return next.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(entry -> Math.max(0, ends.getOrDefault(entry.getKey(), 0L) - entry.getValue()))
                .sum();
    }

    /** Whether a record of the topic that is next came before the time. */
    boolean isBefore(Map<TopicPartition, Long> next, String topic, long millis)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> behind = next.keySet().stream()
                .filter(partition -> partition.topic().equals(topic))
                .filter(partition -> next.getOrDefault(partition, 0L) < ends.getOrDefault(partition, 0L))
                .toList();
        // Without a record of that time or later there is none to be found, and all that is unread is older.
        return !behind.isEmpty()
                && offsets(admin, behind, OffsetSpec.forTimestamp(millis)).entrySet().stream()
                        .anyMatch(since -> since.getValue() < 0
                                || next.getOrDefault(since.getKey(), Long.MAX_VALUE) < since.getValue());
    }
}

package dev.sealpost.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Letters that become durable together, and where the group stands once they are. Filled by one thread, done by another. */
final class Batch {
    private static final int MOST_LETTERS = 2_000;
    private static final long MOST_BYTES = 8 << 20;

    private final Map<TopicPartition, Part> parts = new LinkedHashMap<>();
    private int count;
    private long bytes;
    private volatile BatchHandler.@Nullable Work work;
    private volatile boolean done;

    private static final class Part {
        final List<Letter> letters = new ArrayList<>();
        final long oldest;
        long next;

        Part(long oldest) {
            this.oldest = oldest;
        }
    }

    /** @param letter null where the record holds nothing: it is passed over */
    void add(ConsumerRecord<String, byte[]> record, @Nullable Letter letter) {
        TopicPartition place = new TopicPartition(record.topic(), record.partition());
        Part part = parts.computeIfAbsent(place, first -> new Part(record.timestamp()));
        part.next = record.offset() + 1;
        if (letter != null) {
            part.letters.add(letter);
            count++;
            bytes += letter.value().length;
        }
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether no more should come: a transaction of this size is as cheap a letter as a larger one. */
    boolean isFull() {
        return count >= MOST_LETTERS || bytes >= MOST_BYTES;
    }

    long bytes() {
        return bytes;
    }

    boolean isAbout(Collection<TopicPartition> partitions) {
        return partitions.stream().anyMatch(parts::containsKey);
    }

    /** Partitions that are another process's now: their letters, if not handed over yet, and their offsets are its own. */
    void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Part part = parts.remove(partition);
            if (part != null && work == null) {
                count -= part.letters.size();
                bytes -= part.letters.stream()
                        .mapToLong(letter -> letter.value().length)
                        .sum();
            }
        }
    }

    List<Letter> letters() {
        List<Letter> letters = new ArrayList<>(count);
        parts.values().forEach(part -> letters.addAll(part.letters));
        return letters;
    }

    Map<TopicPartition, OffsetAndMetadata> offsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
        parts.forEach((place, part) -> offsets.put(place, new OffsetAndMetadata(part.next)));
        return offsets;
    }

    /** When its oldest record came onto the topic, in milliseconds; {@link Long#MAX_VALUE} if it has none. */
    long oldest() {
        return parts.values().stream().mapToLong(part -> part.oldest).min().orElse(Long.MAX_VALUE);
    }

    /** Reads the letters; no more may be added then. */
    void prepare(BatchHandler handler) {
        work = handler.prepare(letters());
    }

    /** Makes it durable. */
    void complete() throws InterruptedException {
        BatchHandler.Work prepared = work;
        if (prepared == null) {
            throw new IllegalStateException("not prepared");
        }
        prepared.complete();
        done = true;
        // What was read is many times its JSON.
        work = () -> {};
    }

    boolean isDone() {
        return done;
    }
}

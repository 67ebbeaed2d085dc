package dev.sealpost.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** How far the group's partitions of this process are durable, told to the broker until it knows. For the polling thread. */
final class Commits {
    private static final Logger LOG = Logger.getLogger(Commits.class);
    private static final Duration NOW = Duration.ofSeconds(2);
    private static final long PAUSE_NANOS = 500_000_000;

    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
    private boolean underWay;
    private long notBefore = System.nanoTime();

    Commits(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    void add(Map<TopicPartition, OffsetAndMetadata> offsets) {
        due.putAll(offsets);
    }

    void forget(Collection<TopicPartition> partitions) {
        due.keySet().removeAll(partitions);
    }

    /** Sends what is due; what the broker does not take now is sent again later. */
    void commit() {
        if (due.isEmpty() || underWay || System.nanoTime() < notBefore) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> sent = Map.copyOf(due);
        underWay = true;
        consumer.commitAsync(sent, (offsets, failure) -> {
            underWay = false;
            if (failure == null) {
                due.entrySet().removeAll(sent.entrySet());
            } else {
                notBefore = System.nanoTime() + PAUSE_NANOS;
                LOG.debugf("offsets wait for the broker: %s", failure.getMessage());
            }
        });
    }

    /** Commits what is due of the partitions, or leaves it to their next owner to do that work again. */
    void commitNow(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(due);
        last.keySet().retainAll(partitions);
        if (last.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(last, NOW);
            due.keySet().removeAll(last.keySet());
        } catch (KafkaException away) {
            LOG.infof("some reports will be aggregated again: %s", away.getMessage());
        }
    }
}

package dev.sealpost.stream;

import java.util.Collection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Knows whether the consumer has joined its group. */
@ApplicationScoped
@Default
@Identifier("letters-in")
public class Assignment implements KafkaConsumerRebalanceListener {
    private volatile boolean known;

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        known = true;
    }

    /** Whether the group has told this process its partitions, be they none. */
    public boolean known() {
        return known;
    }
}

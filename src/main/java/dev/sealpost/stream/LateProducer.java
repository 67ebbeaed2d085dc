package dev.sealpost.stream;

import java.time.Duration;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A producer that is made by its first use: a start need not wait for it, and a process that publishes nothing has none. */
final class LateProducer {
    private final Map<String, Object> settings;
    private volatile @Nullable KafkaProducer<String, byte[]> producer;
    private boolean closed;

    LateProducer(Map<String, Object> settings) {
        this.settings = settings;
    }

    /**
     * The producer.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot be made now, as when no name of a broker resolves
     * @throws IllegalStateException if it was closed
     */
    KafkaProducer<String, byte[]> get() {
        KafkaProducer<String, byte[]> made = producer;
        return made == null ? make() : made;
    }

    private synchronized KafkaProducer<String, byte[]> make() {
        KafkaProducer<String, byte[]> made = producer;
        if (made == null) {
            if (closed) {
                throw new IllegalStateException("the producer is closed");
            }
            made = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
            producer = made;
        }
        return made;
    }

    synchronized void close(Duration patience) {
        closed = true;
        if (producer != null) {
            producer.close(patience);
        }
    }
}

package dev.sealpost.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads both topics in batches; a batch's offsets are committed after the handler has made it durable. */
@ApplicationScoped
class LetterConsumer {
    private static final Logger LOG = Logger.getLogger(LetterConsumer.class);
    private static final int PAUSE_SECONDS = 5;
    private static final int MAX_LABEL_CHARS = 64;
    private static final int MAX_DETAIL_CHARS = 500;

    private final BatchHandler handler;
    private final Headers headers;
    private final StreamConfig config;
    private final Counter unexpected;
    private volatile boolean stopping;
    private volatile @Nullable Thread busy;

    LetterConsumer(BatchHandler handler, Headers headers, StreamConfig config, MeterRegistry metrics) {
        this.handler = handler;
        this.headers = headers;
        this.config = config;
        this.unexpected = metrics.counter("sealpost.unexpected.errors");
    }

    @Incoming("letters-in")
    @Blocking("aggregator")
    void consume(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        List<Letter> batch = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            // A tombstone holds nothing to count and nothing to keep.
            if (record.value() != null) {
                batch.add(letter(record));
            }
        }
        busy = Thread.currentThread();
        try {
            while (!batch.isEmpty() && !handled(batch)) {
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            }
        } finally {
            busy = null;
        }
    }

    /** A batch may wait for the database longer than a stop may take. Its offsets have not moved, so it comes again. */
    void stop(@Observes ShutdownEvent stop) {
        stopping = true;
        Thread waiting = busy;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /** An exception that came through here would end the consumer for good, while the door goes on. */
    private boolean handled(List<Letter> batch) throws InterruptedException {
        if (stopping) {
            throw new InterruptedException("the process stops");
        }
        try {
            handler.handle(batch);
            return true;
        } catch (RuntimeException surprise) {
            unexpected.increment();
            LOG.error("a batch could not be handled, trying again", surprise);
            return false;
        } catch (VirtualMachineError broken) {
            // Half alive helps nobody; the offsets have not moved.
            Runtime.getRuntime().halt(1);
            return false;
        }
    }

    private Letter letter(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(config.reports())) {
            return headers.report(record);
        }
        return new Letter.DeadLetter(
                headers.origin(record),
                record.value(),
                clean(Headers.text(record, Headers.REASON), MAX_LABEL_CHARS),
                clean(Headers.text(record, Headers.DETAIL), MAX_DETAIL_CHARS));
    }

    /** Not under the seal: whoever may write to the topic may write anything. */
    private static String clean(@Nullable String text, int chars) {
        String printable = Objects.requireNonNullElse(text, "unknown").replaceAll("[^ -~]", "?");
        return printable.substring(0, Math.min(chars, printable.length()));
    }
}

package dev.sealpost.stream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads both topics in batches; a batch's offsets are committed after the handler has made it durable. */
@Singleton
class LetterConsumer {
    private static final Logger LOG = Logger.getLogger(LetterConsumer.class);
    private static final int PAUSE_SECONDS = 5;
    private static final Duration STOP = Duration.ofSeconds(8);

    private final ConsumerSettings settings;
    private final BatchHandler handler;
    private final Headers headers;
    private final Assignment assignment;
    private final MeterRegistry metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable PollLoop loop;
    private @Nullable Thread thread;

    LetterConsumer(
            ConsumerSettings settings,
            BatchHandler handler,
            Headers headers,
            Assignment assignment,
            MeterRegistry metrics) {
        this.settings = settings;
        this.handler = handler;
        this.headers = headers;
        this.assignment = assignment;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent start) {
        if (settings.consumes()) {
            thread = Thread.ofPlatform().daemon().name("letters").start(this::run);
        }
    }

    private void run() {
        try {
            do {
                consume();
            } while (!stopping.await(PAUSE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One membership in the group, until it breaks or the process stops. */
    private void consume() {
        try (Worker worker = new Worker(metrics.counter("sealpost.unexpected.errors"))) {
            PollLoop joined = new PollLoop(settings.consumer(), headers::letter, handler, worker, assignment);
            loop = joined;
            if (stopping.getCount() == 0) {
                joined.stop();
            }
            joined.run(settings.topics());
        } catch (KafkaException | IllegalStateException broken) {
            LOG.errorf("the topics cannot be consumed now, trying again: %s", broken);
        } catch (RuntimeException surprise) {
            metrics.counter("sealpost.unexpected.errors").increment();
            LOG.error("the topics cannot be consumed now, trying again", surprise);
        }
    }

    /** The process ends whatever the broker and the database do. */
    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        stopping.countDown();
        PollLoop joined = loop;
        if (joined != null) {
            joined.stop();
        }
        Thread running = thread;
        if (running != null) {
            running.join(STOP);
        }
    }
}

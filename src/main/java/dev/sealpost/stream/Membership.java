package dev.sealpost.stream;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One place in the group, taken again when it breaks, on a thread of its own until the process stops. */
final class Membership {
    private static final Logger LOG = Logger.getLogger(Membership.class);
    private static final int PAUSE_SECONDS = 5;

    private final List<String> topics;
    private final CountDownLatch begin;
    private final Function<Worker, PollLoop> joining;
    private final MeterRegistry metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable PollLoop loop;
    private final Thread thread;

    /**
     * Begins.
     *
     * @param begin what it waits for
     * @param joining makes a consumer that has not joined yet
     */
    Membership(
            String name,
            List<String> topics,
            CountDownLatch begin,
            Function<Worker, PollLoop> joining,
            MeterRegistry metrics) {
        this.topics = topics;
        this.begin = begin;
        this.joining = joining;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
        thread.start();
    }

    private void run() {
        try {
            begin.await();
            do {
                consume();
            } while (!stopping.await(PAUSE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void consume() {
        try (Worker worker = new Worker(metrics.counter("sealpost.unexpected.errors"))) {
            PollLoop joined = joining.apply(worker);
            loop = joined;
            if (stopping.getCount() == 0) {
                joined.stop();
            }
            joined.run(topics);
        } catch (KafkaException | IllegalStateException broken) {
            LOG.errorf("the topics cannot be consumed now, trying again: %s", broken);
        } catch (RuntimeException surprise) {
            metrics.counter("sealpost.unexpected.errors").increment();
            LOG.error("the topics cannot be consumed now, trying again", surprise);
        }
    }

    /** Begins to leave. */
    void stop() {
        stopping.countDown();
        PollLoop joined = loop;
        if (joined != null) {
            joined.stop();
        }
    }

    /** Waits until it has left, or for so long. */
    void join(long millis) throws InterruptedException {
        if (millis > 0) {
            thread.join(millis);
        }
    }
}

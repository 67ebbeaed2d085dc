package dev.sealpost.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Reads both topics in batches; a batch's offsets are committed after the handler has made it durable. It does so in several
 * memberships at once, each with partitions of its own: while one waits for the database another has work for the processors.
 */
@Singleton
class LetterConsumer {
    private static final Duration STOP = Duration.ofSeconds(8);

    private final ConsumerSettings settings;
    private final BatchHandler handler;
    private final Headers headers;
    private final Assignment assignment;
    private final MeterRegistry metrics;

    /** Who subscribes to topics that are not there yet has no part of them for ten seconds. */
    private final CountDownLatch topics = new CountDownLatch(1);

    private List<Membership> memberships = List.of();

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
        memberships = IntStream.rangeClosed(1, settings.memberships())
                .mapToObj(this::membership)
                .toList();
    }

    void triedTopics(@Observes Topics.Tried tried) {
        topics.countDown();
    }

    private Membership membership(int number) {
        Assignment.Share share = assignment.share();
        return new Membership(
                "letters-" + number,
                settings.topics(),
                topics,
                worker -> new PollLoop(settings.consumer(), headers::letter, handler, worker, share),
                metrics);
    }

    /** The process ends whatever the broker and the database do. */
    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        memberships.forEach(Membership::stop);
        topics.countDown();
        long end = System.nanoTime() + STOP.toNanos();
        for (Membership membership : memberships) {
            membership.join(Duration.ofNanos(end - System.nanoTime()).toMillis());
        }
    }
}

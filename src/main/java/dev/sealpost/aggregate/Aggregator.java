package dev.sealpost.aggregate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.stream.BatchHandler;
import dev.sealpost.stream.Letter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jboss.logging.Logger;

/**
 * Makes batches durable. What passes (database away) is tried again until it works; what does not is bisected until the
 * one letter is found that the database refuses, and that one is set aside.
 */
@Singleton
class Aggregator implements BatchHandler {
    private static final Logger LOG = Logger.getLogger(Aggregator.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    /** An outage is said once a minute. */
    private static final int ATTEMPTS_A_MINUTE = 12;

    /** JSON in one transaction; as objects it takes several times as much. */
    private static final int MAX_BYTES = 8 << 20;

    private final Consumer<List<Letter>> writer;
    private final Aside aside;
    private final Timer seconds;

    /** Takes a letter that cannot be stored. */
    interface Aside {
        void take(Letter letter) throws InterruptedException;
    }

    @Inject
    Aggregator(BatchWriter writer, DeadLetters deadLetters, MeterRegistry metrics) {
        this(writer::write, deadLetters::take, metrics);
    }

    Aggregator(Consumer<List<Letter>> writer, Aside aside, MeterRegistry metrics) {
        this.writer = writer;
        this.aside = aside;
        this.seconds = metrics.timer("sealpost.aggregate");
    }

    @Override
    public void handle(List<Letter> batch) throws InterruptedException {
        Timer.Sample sample = Timer.start();
        Deque<List<Letter>> parts = bySize(batch);
        while (!parts.isEmpty()) {
            List<Letter> part = parts.pop();
            try {
                writePatiently(part);
            } catch (RuntimeException refused) {
                if (part.size() > 1) {
                    parts.push(part.subList(part.size() / 2, part.size()));
                    parts.push(part.subList(0, part.size() / 2));
                } else {
                    LOG.errorf(
                            refused,
                            "report %s cannot be stored",
                            part.getFirst().origin().receipt());
                    aside.take(part.getFirst());
                }
            }
        }
        sample.stop(seconds);
    }

    private static Deque<List<Letter>> bySize(List<Letter> batch) {
        Deque<List<Letter>> parts = new ArrayDeque<>();
        int start = 0;
        long bytes = 0;
        for (int i = 0; i < batch.size(); i++) {
            bytes += batch.get(i).value().length;
            if (bytes > MAX_BYTES && i > start) {
                parts.add(batch.subList(start, i));
                start = i;
                bytes = batch.get(i).value().length;
            }
        }
        parts.add(batch.subList(start, batch.size()));
        return parts;
    }

    private void writePatiently(List<Letter> part) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        int attempt = 0;
        while (true) {
            try {
                writer.accept(part);
                return;
            } catch (StoreUnavailableException passing) {
                if (attempt++ % ATTEMPTS_A_MINUTE == 0) {
                    LOG.warnf("the database cannot take reports now, trying again: %s", passing.getMessage());
                }
                TimeUnit.MILLISECONDS.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }
}

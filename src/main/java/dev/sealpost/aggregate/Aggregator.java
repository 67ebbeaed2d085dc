package dev.sealpost.aggregate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.stream.BatchHandler;
import dev.sealpost.stream.Letter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches durable. Letters are read on all processors, ahead of the transaction that stores them. What passes
 * (database away) is tried again until it works; what does not is bisected until the one letter is found that cannot be
 * stored, and that one is set aside.
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

    /** How often a letter alone is tried: what two writers or a cached plan did to it may not happen again. */
    private static final int TRIES = 3;

    private final Function<Letter, ReadLetter> reader;
    private final Consumer<List<ReadLetter>> writer;
    private final Aside aside;
    private final Timer seconds;

    /** Takes a letter that cannot be stored. */
    interface Aside {
        void take(Letter letter) throws InterruptedException;
    }

    @Inject
    Aggregator(LetterReader reader, BatchWriter writer, DeadLetters deadLetters, MeterRegistry metrics) {
        this(reader::read, writer::write, deadLetters::take, metrics);
    }

    Aggregator(
            Function<Letter, ReadLetter> reader,
            Consumer<List<ReadLetter>> writer,
            Aside aside,
            MeterRegistry metrics) {
        this.reader = reader;
        this.writer = writer;
        this.aside = aside;
        this.seconds = metrics.timer("sealpost.aggregate");
    }

    @Override
    public Work prepare(List<Letter> batch) {
        Deque<List<Letter>> parts = bySize(batch);
        // What else there is waits for its turn: as objects it would be too much at once.
        List<ReadLetter> first = read(parts.removeFirst());
        return () -> complete(first, parts);
    }

    private void complete(List<ReadLetter> first, Deque<List<Letter>> others) throws InterruptedException {
        Timer.Sample sample = Timer.start();
        store(first);
        for (List<Letter> part : others) {
            store(read(part));
        }
        sample.stop(seconds);
    }

    private List<ReadLetter> read(List<Letter> part) {
        return part.parallelStream().map(this::readOne).toList();
    }

    /** Whatever a letter does to its reader is no other letter's harm. */
    private ReadLetter readOne(Letter letter) {
        try {
            return reader.apply(letter);
        } catch (RuntimeException | StackOverflowError failure) {
            return new ReadLetter(letter, null, null, failure);
        }
    }

    private void store(List<ReadLetter> part) throws InterruptedException {
        Deque<List<ReadLetter>> parts = new ArrayDeque<>();
        List<ReadLetter> good = new ArrayList<>(part.size());
        for (ReadLetter letter : part) {
            if (letter.failure() == null) {
                good.add(letter);
            } else {
                setAside(letter, letter.failure());
            }
        }
        parts.push(good);
        while (!parts.isEmpty()) {
            List<ReadLetter> next = parts.pop();
            RuntimeException refused = next.isEmpty() ? null : writePatiently(next);
            if (refused != null && next.size() > 1) {
                parts.push(next.subList(next.size() / 2, next.size()));
                parts.push(next.subList(0, next.size() / 2));
            } else if (refused != null) {
                setAside(next.getFirst(), refused);
            }
        }
    }

    private void setAside(ReadLetter read, Throwable failure) throws InterruptedException {
        LOG.errorf(failure, "report %s cannot be stored", read.letter().origin().receipt());
        aside.take(read.letter());
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

    /** Why the letters cannot be stored; null if they are. */
    private @Nullable RuntimeException writePatiently(List<ReadLetter> part) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        int refusals = 0;
        int attempt = 0;
        while (true) {
            try {
                writer.accept(part);
                return null;
            } catch (StoreUnavailableException passing) {
                if (attempt++ % ATTEMPTS_A_MINUTE == 0) {
                    LOG.warnf("the database cannot take reports now, trying again: %s", passing.getMessage());
                }
                TimeUnit.MILLISECONDS.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            } catch (RuntimeException refused) {
                if (part.size() > 1 || ++refusals == TRIES) {
                    return refused;
                }
            }
        }
    }
}

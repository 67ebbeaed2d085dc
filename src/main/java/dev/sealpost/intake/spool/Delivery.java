package dev.sealpost.intake.spool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;

import dev.sealpost.stream.Letter;
import dev.sealpost.stream.ReportPublisher;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends letters of the spool. What a topic will never take goes to the dead letters, and from there to a file. */
final class Delivery {
    private static final Logger LOG = Logger.getLogger(Delivery.class);

    /** Longer than the producer's own delivery timeout. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final ReportPublisher publisher;
    private final SetAsideFiles aside;

    Delivery(ReportPublisher publisher, SetAsideFiles aside) {
        this.publisher = publisher;
        this.aside = aside;
    }

    /** Sends letters and returns those that are still to be delivered, in their order. */
    List<Letter> deliver(List<Letter> letters) throws InterruptedException {
        List<CompletableFuture<Void>> answers = new ArrayList<>(letters.size());
        for (Letter letter : letters) {
            answers.add(publisher.send(letter));
        }
        List<Letter> left = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (int i = 0; i < answers.size(); i++) {
            Letter next = next(letters.get(i), answers.get(i), deadline);
            if (next != null) {
                left.add(next);
            }
        }
        return left;
    }

    /** What is to be sent instead of a letter: nothing when it was taken, itself when that may yet happen. */
    private @Nullable Letter next(Letter letter, CompletableFuture<Void> answer, long deadline)
            throws InterruptedException {
        try {
            answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return null;
        } catch (TimeoutException late) {
            return letter;
        } catch (ExecutionException failed) {
            Throwable why = failed.getCause();
            return why != null && ReportPublisher.isPermanent(why) ? refused(letter, why) : letter;
        }
    }

    private @Nullable Letter refused(Letter letter, Throwable why) {
        return switch (letter) {
            case Letter.ReportLetter report -> {
                LOG.warnf("Kafka refuses report %s: %s", report.origin().receipt(), why.getMessage());
                String detail = "the topic refuses a record of " + report.value().length + " bytes; packed with gzip";
                yield new Letter.DeadLetter(report.origin(), gzip(report.value()), "oversize", detail);
            }
            case Letter.DeadLetter dead -> {
                try {
                    aside.keep(dead);
                    yield null;
                } catch (IOException diskFails) {
                    LOG.errorf("cannot set report %s aside: %s", dead.origin().receipt(), diskFails.toString());
                    yield dead;
                }
            }
        };
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }
}

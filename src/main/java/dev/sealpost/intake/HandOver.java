package dev.sealpost.intake;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import dev.sealpost.intake.spool.Importance;
import dev.sealpost.intake.spool.Spool;
import dev.sealpost.stream.Letter;
import dev.sealpost.stream.ReportPublisher;
import dev.sealpost.stream.StreamConfig;
import dev.sealpost.trace.ReportTraces;
import org.jspecify.annotations.Nullable;

/**
 * Makes letters durable: on the topic, or in the spool while the broker does not acknowledge. Nobody waits for a broker
 * that is known to be away. A letter may come to be in both; it has one receipt and counts once.
 */
@Singleton
class HandOver {
    /** So often a waiting request looks whether the broker has fallen silent. */
    private static final long LOOK_MILLIS = 100;

    /** What is left for the spool of the time that a request has. */
    private static final long SPOOL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** The origin and the record around a report. */
    private static final long ENVELOPE_BYTES = 1 << 20;

    private final ReportPublisher publisher;
    private final Spool spool;
    private final ReportTraces traces;
    private final Pulse pulse = new Pulse(LOOK_MILLIS);
    private final long patience;

    HandOver(ReportPublisher publisher, Spool spool, IntakeConfig config, StreamConfig stream, ReportTraces traces) {
        this.publisher = publisher;
        this.spool = spool;
        this.traces = traces;
        this.patience = config.brokerPatience().toNanos();
        long largest = Math.max(config.maxJson().asLongValue(), config.maxBody().asLongValue());
        if (largest + ENVELOPE_BYTES > stream.maxMessageBytes()) {
            throw new IllegalArgumentException("sealpost.kafka.max-message: " + stream.maxMessageBytes()
                    + " bytes are too few for a report of " + largest + ", allowed are " + (largest + ENVELOPE_BYTES)
                    + " and more");
        }
    }

    /** Where a letter is durable now. */
    sealed interface Handed {
        /** The same in one word, for people. */
        default String label() {
            return switch (this) {
                case Acknowledged() -> "acknowledged";
                case Spooled() -> "spooled";
                case Nowhere(String why) -> "not-taken";
            };
        }

        /** The broker has acknowledged it. */
        record Acknowledged() implements Handed {}

        /** It is in the spool. */
        record Spooled() implements Handed {}

        /** Nowhere, as far as is known. */
        record Nowhere(String why) implements Handed {}
    }

    /**
     * Hands a letter over.
     *
     * @param allowance of a source that is over its budget it goes to the spool, and to the broker in its turn; of one that
     *     can be asked again it goes to the broker alone
     * @param deadline of {@link System#nanoTime}
     */
    Handed hand(Letter letter, Importance importance, Allowance allowance, long deadline) throws InterruptedException {
        Handed handed = durable(letter, importance, allowance, deadline);
        traces.taken(letter.origin(), handed.label());
        return handed;
    }

    private Handed durable(Letter letter, Importance importance, Allowance allowance, long deadline)
            throws InterruptedException {
        String why = "";
        boolean spooled = spool.isEnabled() && allowance != Allowance.LATER;
        if (!spooled || (allowance == Allowance.WITHIN && publisher.breaker().isClosed())) {
            why = acknowledged(letter, allowance, deadline);
            if (why == null) {
                return new Handed.Acknowledged();
            }
        }
        if (allowance == Allowance.LATER) {
            return new Handed.Nowhere(why);
        }
        try {
            spool.append(letter, importance).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new Handed.Spooled();
        } catch (TimeoutException slow) {
            return new Handed.Nowhere("the spool's disk is too slow " + why);
        } catch (ExecutionException refused) {
            return new Handed.Nowhere(refused.getCause() instanceof IOException no ? no.getMessage() + " " + why : why);
        }
    }

    /** Why the broker has not acknowledged; null if it has. */
    private @Nullable String acknowledged(Letter letter, Allowance allowance, long deadline)
            throws InterruptedException {
        CompletableFuture<Void> answer = publisher.send(letter);
        boolean alone = allowance == Allowance.LATER;
        long until = alone ? deadline : Math.min(System.nanoTime() + patience, deadline - SPOOL_NANOS);
        boolean answered = pulse.await(
                answer,
                () -> System.nanoTime() < until
                        && (alone || !spool.isEnabled() || publisher.breaker().isClosed()));
        if (!answered) {
            return "(Kafka did not acknowledge in time)";
        }
        return answer.isCompletedExceptionally() ? "(" + answer.exceptionNow() + ")" : null;
    }

    /** Whether the broker takes reports now; asks it if that is not known. Blocks for a second at the most. */
    boolean brokerAnswers() {
        return publisher.breaker().isClosed() || publisher.reach();
    }

    @PreDestroy
    void close() {
        pulse.close();
    }
}

package dev.sealpost.aggregate;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jakarta.inject.Singleton;

import dev.sealpost.stream.Letter;
import dev.sealpost.stream.ReportPublisher;
import org.jboss.logging.Logger;

/** Sends what the database refuses to the dead letters' topic, however long that takes. */
@Singleton
class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final long PAUSE_MILLIS = 5_000;
    private static final int ANSWER_SECONDS = 5;

    private final ReportPublisher publisher;

    DeadLetters(ReportPublisher publisher) {
        this.publisher = publisher;
    }

    /** Returns when the letter is there. A dead letter that cannot be stored stays on its topic. */
    void take(Letter letter) throws InterruptedException {
        if (letter instanceof Letter.ReportLetter) {
            Letter dead = new Letter.DeadLetter(
                    letter.origin(), letter.value(), "unstorable", "the database refuses this report");
            while (!sent(dead)) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private boolean sent(Letter letter) throws InterruptedException {
        try {
            publisher.send(letter).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException brokerAway) {
            LOG.warnf("Kafka does not take a dead letter, trying again: %s", brokerAway.getMessage());
            return false;
        }
    }
}

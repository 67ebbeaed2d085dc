package dev.sealpost.stream;

import java.util.List;

/** Who takes what the consumer reads. */
public interface BatchHandler {
    /**
     * Takes a batch and returns when it is durable: the offsets move after that. Tries as long as it takes; the same
     * letters may come again.
     *
     * @throws InterruptedException if the process stops before it is done
     */
    void handle(List<Letter> batch) throws InterruptedException;
}

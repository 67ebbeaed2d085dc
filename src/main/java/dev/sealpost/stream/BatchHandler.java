package dev.sealpost.stream;

import java.util.List;

/** Who takes what the consumer reads. */
public interface BatchHandler {
    /**
     * Does what can be done before the batches in front are durable: reads the letters. Returns soon, and needs nobody but
     * this process.
     */
    Work prepare(List<Letter> batch);

    /** The rest of a batch. */
    @FunctionalInterface
    interface Work {
        /**
         * Makes the batch durable and returns: its offsets move after that. Tries as long as it takes; the same letters may
         * come again.
         *
         * @throws InterruptedException if the process stops before it is done
         */
        void complete() throws InterruptedException;
    }

    /** Takes a batch at once. */
    default void handle(List<Letter> batch) throws InterruptedException {
        prepare(batch).complete();
    }
}

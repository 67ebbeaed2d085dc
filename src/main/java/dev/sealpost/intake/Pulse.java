package dev.sealpost.intake;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets many threads wait for their own answers and look up together now and then, whether there is still hope. A timer
 * for each of them would cost more than all the rest of the waiting. Thread safe.
 */
final class Pulse implements AutoCloseable {
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private final Thread beat;

    /** @param millis between two looks */
    Pulse(long millis) {
        this.beat = Thread.ofPlatform().daemon().name("intake-pulse").start(() -> beat(millis));
    }

    private void beat(long millis) {
        try {
            while (true) {
                Thread.sleep(millis);
                waiting.forEach(LockSupport::unpark);
            }
        } catch (InterruptedException closed) {
            // nobody waits any more
        }
    }

    /** Waits until the answer is there; false if hope is lost before. */
    boolean await(CompletableFuture<?> answer, BooleanSupplier hope) throws InterruptedException {
        Thread me = Thread.currentThread();
        if (!answer.isDone()) {
            waiting.add(me);
            try {
                var _ = answer.whenComplete((done, failure) -> LockSupport.unpark(me));
                while (!answer.isDone() && hope.getAsBoolean()) {
                    LockSupport.park(this);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            } finally {
                waiting.remove(me);
            }
        }
        return answer.isDone();
    }

    @Override
    public void close() {
        beat.interrupt();
    }
}

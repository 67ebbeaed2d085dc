package dev.sealpost.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PulseTest {
    @Test
    void anAnswerWakesItsThreadWithoutABeat() throws InterruptedException {
        try (Pulse pulse = new Pulse(3_600_000)) {
            for (int round = 0; round < 2_000; round++) {
                CompletableFuture<Void> answer = new CompletableFuture<>();
                Thread.startVirtualThread(() -> answer.complete(null));
                assertThat(pulse.await(answer, () -> true)).isTrue();
            }
        }
    }

    @Test
    void aFailureIsAnAnswerToo() throws InterruptedException {
        try (Pulse pulse = new Pulse(3_600_000)) {
            assertThat(pulse.await(CompletableFuture.failedFuture(new IllegalStateException()), () -> true))
                    .isTrue();
        }
    }

    @Test
    void allWaitersLookUpAtABeatAndGoWhenHopeIsLost() throws InterruptedException {
        AtomicBoolean hope = new AtomicBoolean(true);
        AtomicInteger gone = new AtomicInteger();
        List<Thread> waiters = new ArrayList<>();
        try (Pulse pulse = new Pulse(10)) {
            for (int i = 0; i < 100; i++) {
                waiters.add(Thread.startVirtualThread(() -> {
                    try {
                        if (!pulse.await(new CompletableFuture<>(), hope::get)) {
                            gone.incrementAndGet();
                        }
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            Thread.sleep(50);
            assertThat(gone).hasValue(0);
            hope.set(false);
            for (Thread waiter : waiters) {
                waiter.join();
            }
        }
        assertThat(gone).hasValue(100);
    }

    @Test
    void anInterruptEndsTheWait() {
        try (Pulse pulse = new Pulse(3_600_000)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pulse.await(new CompletableFuture<>(), () -> true))
                    .isInstanceOf(InterruptedException.class);
        }
    }
}

package dev.sealpost.intake.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class LanesTest {
    private static final Prefix ONE = Prefix.narrow(InetAddress.ofLiteral("192.0.2.1"));
    private static final Prefix OTHER = Prefix.narrow(InetAddress.ofLiteral("192.0.2.2"));

    @Test
    void twoAreAtWorkAndTheThirdGivesUp() throws InterruptedException {
        Lanes lanes = new Lanes(Duration.ofMillis(20));
        try (Lanes.Turn first = lanes.enter(ONE);
                Lanes.Turn second = lanes.enter(ONE)) {
            assertThat(first).isNotNull();
            assertThat(second).isNotNull();
            assertThat(lanes.enter(ONE)).isNull();
            try (Lanes.Turn elsewhere = lanes.enter(OTHER)) {
                assertThat(elsewhere).isNotNull();
            }
        }
        try (Lanes.Turn again = lanes.enter(ONE)) {
            assertThat(again).isNotNull();
        }
        assertThat(lanes.size())
                .as("nothing is kept of a source without bodies")
                .isZero();
    }

    @Test
    void whoFindsNoPlaceToWaitIsTurnedAwayAtOnce() throws Exception {
        Lanes lanes = new Lanes(Duration.ofSeconds(20));
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch working = new CountDownLatch(Lanes.WIDTH);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> turns = new ArrayList<>();
            for (int i = 0; i < Lanes.WIDTH + Lanes.QUEUE + 10; i++) {
                turns.add(threads.submit(() -> {
                    try (Lanes.Turn turn = lanes.enter(ONE)) {
                        working.countDown();
                        return turn != null && done.await(1, TimeUnit.MINUTES);
                    }
                }));
            }
            assertThat(working.await(1, TimeUnit.MINUTES)).isTrue();
            done.countDown();
            int worked = 0;
            for (Future<Boolean> turn : turns) {
                worked += turn.get() ? 1 : 0;
            }
            assertThat(worked).isGreaterThanOrEqualTo(Lanes.WIDTH + Lanes.QUEUE);
        }
        assertThat(lanes.size()).isZero();
    }
}

package dev.sealpost.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sealpost.outbound.Outbound.Chooser;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Name servers that keep silent delay who chose them, and nobody else. */
class NamesTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger open = new AtomicInteger();
    private final List<Thread> asking = new ArrayList<>();

    private final Names names = new Names() {
        @Override
        List<InetAddress> lookUp(String host) {
            if (host.startsWith("silent")) {
                open.incrementAndGet();
                try {
                    answer.await();
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                }
                open.decrementAndGet();
            }
            return List.of(InetAddress.ofLiteral("192.0.2.1"));
        }
    };

    @AfterEach
    void answerAll() throws InterruptedException {
        answer.countDown();
        for (Thread thread : asking) {
            thread.join();
        }
    }

    private List<InetAddress> ask(@Nullable String tenant, String host, Duration patience) throws OutboundException {
        return names.of(host, new Chooser(tenant), patience);
    }

    /** Asks so often that all turns of a tenant are taken by questions for which nobody waits any more. */
    private void exhaust(@Nullable String tenant) {
        int before = open.get();
        for (int i = 0; i < Names.AT_ONCE; i++) {
            asking.add(Thread.startVirtualThread(() -> assertThatThrownBy(() -> ask(tenant, "silent.example", SHORT))
                    .isInstanceOf(OutboundException.class)));
        }
        Awaitility.await().until(() -> open.get() == before + Names.AT_ONCE);
    }

    @Test
    void whoAsksSilentNameServersKeepsNobodyElse() throws Exception {
        exhaust("one");
        assertThatThrownBy(() -> ask("one", "other.example", SHORT)).hasMessageContaining("no answer");
        assertThat(open).as("not one more question").hasValue(Names.AT_ONCE);
        assertThat(ask("two", "other.example", LONG)).hasSize(1);
        answer.countDown();
        assertThat(ask("one", "other.example", LONG)).hasSize(1);
    }

    @Test
    void allTenantsTogetherDoNotKeepTheOperator() throws Exception {
        for (int i = 0; i < 7; i++) {
            exhaust("tenant" + i);
        }
        assertThatThrownBy(() -> ask("another", "other.example", SHORT)).hasMessageContaining("no answer");
        assertThat(ask(null, "other.example", LONG)).hasSize(1);
        answer.countDown();
        assertThat(ask("another", "other.example", LONG)).hasSize(1);
    }
}

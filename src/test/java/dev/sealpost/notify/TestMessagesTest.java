package dev.sealpost.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sealpost.store.MessageRow;
import dev.sealpost.store.Messages;
import dev.sealpost.store.TestMessages;
import org.junit.jupiter.api.Test;

/** How often a channel is tested. */
class TestMessagesTest {
    private final World world = new World();
    private final TestMessages tests = world.database.testMessages();
    private final UUID channel = world.webhook("https://example.org/");

    private Optional<Duration> begin(UUID of, Instant now) {
        return tests.begin(
                new MessageRow(UUID.randomUUID(), of, "test", null, "low", "subject", "text", "{}", 0, now, 0));
    }

    private Optional<Duration> after(int seconds) {
        return begin(channel, Notices.AT.plusSeconds(seconds));
    }

    @Test
    void aChannelIsTestedOnceInTenSeconds() {
        assertThat(after(0)).isEmpty();
        assertThat(after(0)).contains(Duration.ofSeconds(10));
        assertThat(after(9)).contains(Duration.ofSeconds(1));
        assertThat(begin(world.webhook("https://example.org/"), Notices.AT))
                .as("another")
                .isEmpty();
        assertThat(after(10)).isEmpty();
        assertThat(after(-86_400)).as("a clock that was set back").isEmpty();
    }

    @Test
    void aChannelIsTestedTwentyTimesAnHour() {
        for (int i = 0; i < 20; i++) {
            assertThat(after(i * 10)).isEmpty();
        }
        assertThat(after(210)).contains(Duration.ofSeconds(3_600 - 210));
        assertThat(after(3_600)).isEmpty();
        assertThat(after(3_605)).contains(Duration.ofSeconds(5));
    }

    @Test
    void ofManyAtOnceOneIsSent() throws InterruptedException {
        List<Optional<Duration>> answers = new CopyOnWriteArrayList<>();
        List<Thread> threads = List.of(1, 2, 3, 4, 5, 6).stream()
                .map(_ -> Thread.startVirtualThread(() -> answers.add(after(0))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(6);
        assertThat(answers.stream().filter(Optional::isEmpty)).hasSize(1);
    }

    @Test
    void whatCameOfItIsKeptAndItIsNeverSentAgain() {
        MessageRow message = new MessageRow(
                UUID.randomUUID(), channel, "test", null, "low", "subject", "text", "{}", 0, Notices.AT, 0);
        assertThat(tests.begin(message)).isEmpty();
        assertThat(world.busy()).isEmpty();
        tests.end(message.id(), true, new Messages.Attempt(Notices.AT, 204, "fine"));
        assertThat(world.deliveries(channel)).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo("delivered");
            assertThat(row.status()).isEqualTo(204);
            assertThat(row.attempts()).isOne();
        });
    }
}

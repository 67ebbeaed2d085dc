package dev.sealpost.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.sealpost.standalone.DataDirectory;
import dev.sealpost.standalone.Part;
import dev.sealpost.standalone.Standalone;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics at the start of a process: made where they may be, and never waited for where the broker is away. */
class TopicsIT {
    @TempDir
    Path temp;

    private final CountDownLatch tried = new CountDownLatch(1);

    private record Settings(boolean createTopics) implements StreamConfig {
        @Override
        public String topicPrefix() {
            return "made";
        }

        @Override
        public int partitions() {
            return 2;
        }

        @Override
        public int consumers() {
            return 1;
        }

        @Override
        public short replication() {
            return 1;
        }

        @Override
        public Duration retention() {
            return Duration.ofDays(1);
        }

        @Override
        public MemorySize maxMessage() {
            return new MemorySize(BigInteger.valueOf(1 << 20));
        }
    }

    private Topics topics(boolean create, Map<String, Object> client) {
        return new Topics(new Settings(create), client, event -> tried.countDown());
    }

    private static void start(Topics topics) {
        topics.createMissing(new StartupEvent());
        topics.awaitFirst(new StartupEvent());
    }

    @Test
    void settingsThatAreWrongStopTheStart() {
        assertThatThrownBy(() -> start(topics(true, Map.of("bootstrap.servers", "127.0.0.1"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bootstrap.servers");
    }

    @Test
    void aStartDoesNotWaitForABrokerThatTakesConnectionsAndSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long begin = System.nanoTime();
            start(topics(true, Map.of("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort())));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
            assertThat(tried.getCount()).as("still trying").isEqualTo(1);
        }
    }

    @Test
    void topicsAreMadeWhenTheBrokerIsBack() throws Exception {
        try (DataDirectory directory = DataDirectory.open(temp.resolve("data"))) {
            Map<String, Object> client;
            try (Standalone first = Standalone.start(directory, EnumSet.of(Part.KAFKA), line -> {})) {
                client = client(first);
            }
            start(topics(true, client));
            try (Standalone back = Standalone.start(directory, EnumSet.of(Part.KAFKA), line -> {})) {
                assertThat(client(back)).as("on the port that it had").isEqualTo(client);
                Awaitility.await("topics")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> present(client).containsAll(Set.of("made.reports", "made.reports.dead-letter")));
                assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void missingTopicsThatMayNotBeMadeStopTheStartAndSayWhatToDo() throws Exception {
        try (DataDirectory directory = DataDirectory.open(temp.resolve("data"));
                Standalone broker = Standalone.start(directory, EnumSet.of(Part.KAFKA), line -> {})) {
            Map<String, Object> client = client(broker);
            // A broker that is late is no reason to stop, so a slow machine may need a second look.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThatThrownBy(() -> start(topics(false, client)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("made.reports")
                            .hasMessageContaining("sealpost.kafka.create-topics=true"));
            assertThat(present(client)).isEmpty();
            start(topics(true, client));
            start(topics(false, client));
        }
    }

    private static Map<String, Object> client(Standalone broker) {
        Map<String, Object> client = new HashMap<>();
        broker.settings().forEach((name, value) -> client.put(name.substring("kafka.".length()), value));
        return client;
    }

    private static Set<String> present(Map<String, Object> client) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client)) {
            return admin.listTopics().names().get();
        }
    }
}

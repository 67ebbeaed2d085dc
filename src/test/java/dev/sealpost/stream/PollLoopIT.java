package dev.sealpost.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.standalone.DataDirectory;
import dev.sealpost.standalone.Part;
import dev.sealpost.standalone.Standalone;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memberships in one group of a real broker: they come, go and wait, and each record is durable before its offset moves. */
class PollLoopIT {
    private static final int PARTITIONS = 6;
    private static final int ROUNDS = Integer.getInteger("rebalance.rounds", 5);

    @TempDir
    static Path temp;

    private static DataDirectory directory;
    private static Standalone broker;

    private final Map<Integer, Integer> durable = new ConcurrentHashMap<>();
    private final Topics topics = new Topics("t" + UUID.randomUUID());
    private int sent;

    private record Topics(String topicPrefix) implements StreamConfig {
        @Override
        public boolean createTopics() {
            return true;
        }

        @Override
        public int partitions() {
            return PARTITIONS;
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

    @BeforeAll
    static void startBroker() {
        directory = DataDirectory.open(temp.resolve("data"));
        broker = Standalone.start(directory, EnumSet.of(Part.KAFKA), line -> {});
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
        directory.close();
    }

    private static Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>();
        broker.settings().forEach((name, value) -> client.put(name.substring("kafka.".length()), value));
        client.put("session.timeout.ms", 6_000);
        return client;
    }

    @BeforeEach
    void createTopics() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(List.of(
                            new NewTopic(topics.reports(), PARTITIONS, (short) 1),
                            new NewTopic(topics.deadLetters(), PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    @Test
    void membersComeAndGoAndNothingIsMissing() throws Exception {
        try (Member steady = new Member("steady", this::store)) {
            for (int round = 0; round < ROUNDS; round++) {
                send(500);
                try (Member second = new Member("second", this::store)) {
                    second.awaitPartitions(1);
                    send(500);
                }
                // It has left: nobody waits for the end of its session.
                steady.awaitPartitions(2 * PARTITIONS);
            }
            awaitAllDurable();
            assertThat(durable.values().stream().mapToInt(Integer::intValue).sum())
                    .as("handled in all, what moved twice at the most")
                    .isLessThan(2 * sent);
        }
    }

    @Test
    void aMemberThatWaitsKeepsItsPlaceAndGivesUpWhatItMust() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        try (Member waiting = new Member("waiting", letters -> () -> {
            back.await();
            store(letters).complete();
        })) {
            waiting.awaitPartitions(2 * PARTITIONS);
            send(3_000);
            Awaitility.await("a batch in work")
                    .until(() -> waiting.assignment.age().toMillis() > 100);
            try (Member other = new Member("other", this::store)) {
                other.awaitPartitions(PARTITIONS);
                Awaitility.await("the other's share")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> !durable.isEmpty());
                assertThat(waiting.assignment.partitions()).as("still a member").isPositive();
                back.countDown();
                awaitAllDurable();
            }
        }
    }

    private void send(int count) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(client(), new StringSerializer(), new ByteArraySerializer())) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] value = String.valueOf(sent++).getBytes(StandardCharsets.UTF_8);
                all.add(producer.send(new ProducerRecord<>(topics.reports(), sent % PARTITIONS, "key", value)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private BatchHandler.Work store(List<Letter> letters) {
        return () -> letters.forEach(letter ->
                durable.merge(Integer.valueOf(new String(letter.value(), StandardCharsets.UTF_8)), 1, Integer::sum));
    }

    private void awaitAllDurable() throws Exception {
        try (Admin admin = Admin.create(client())) {
            Awaitility.await("nothing waits").atMost(Duration.ofMinutes(1)).until(() -> {
                GroupOffsets now = GroupOffsets.of(admin, List.of(topics.reports()));
                Map<TopicPartition, Long> next = now.next();
                return now.left(next, topics.reports()) == 0;
            });
        }
        assertThat(durable.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, sent).boxed().toList());
    }

    /** One process's part of the work, on threads of this one. */
    private final class Member implements AutoCloseable {
        final Assignment assignment = new Assignment(Clock.systemUTC());
        private final Worker worker = new Worker(new SimpleMeterRegistry().counter("unexpected"));
        private final PollLoop loop;
        private final Thread thread;

        Member(String name, BatchHandler handler) {
            ConsumerSettings settings = new ConsumerSettings(client(), topics, true);
            loop = new PollLoop(settings.consumer(), PollLoopIT::letter, handler, worker, assignment.share());
            thread = Thread.ofPlatform().name(name).start(() -> loop.run(settings.topics()));
        }

        void awaitPartitions(int least) {
            Awaitility.await(thread.getName() + " has " + least + " partitions")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> assignment.partitions() >= least);
        }

        @Override
        public void close() {
            loop.stop();
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            worker.close();
        }
    }

    private static Letter letter(ConsumerRecord<String, byte[]> record) {
        return new Letter.ReportLetter(
                new Origin(new UUID(0, 0), Instant.EPOCH, Channel.HTTPS, "192.0.2.1", Provenance.UNVERIFIED, null),
                "example.org",
                record.value());
    }
}

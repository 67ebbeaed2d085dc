package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two aggregators share the topic, come and go and stand still while reports come, and every report counts once. */
class RebalanceIT {
    private static final int REPORTS = Integer.getInteger("rebalance.reports", 4_000);

    /** How often the second aggregator is started and stopped. */
    private static final int ROUNDS = Integer.getInteger("rebalance.rounds", 2);

    /** Milliseconds between two polls after which the group takes a process for dead; its session ends earlier. */
    private static final int MAX_POLL_MILLIS = 15_000;

    private final Path directory = SharedSealpost.temporaryDirectory();
    private final Path outside = directory.resolve("outside");

    @Test
    void everyReportCountsOnceThoughPartitionsMove() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        LocalDate first = LocalDate.now(ZoneOffset.UTC).minusDays(8);
        GeneratedReports generated = new GeneratedReports(seed, 100, first, 7);
        try (SealpostProcess door = SealpostProcess.start(outside, door());
                PatientSenders senders = new PatientSenders(4, generated.bodies(), () -> door);
                SealpostProcess steady = aggregator("steady", settings())) {
            for (int round = 0; round < ROUNDS; round++) {
                senders.allow(REPORTS / (2 * ROUNDS));
                try (SealpostProcess second = aggregator("second", settings())) {
                    awaitShare(second);
                    senders.allow(REPORTS / (2 * ROUNDS));
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
                    if (round % 2 == 1) {
                        second.kill();
                    }
                }
            }
            try (SealpostProcess sleeper = aggregator("sleeper", settings())) {
                awaitShare(sleeper);
                senders.allow(REPORTS / 2);
                signal(sleeper, "STOP");
                long asleep = System.nanoTime();
                awaitAll(senders, REPORTS / (2 * ROUNDS) * 2 * ROUNDS + REPORTS / 2);
                // Its partitions go to the other one, though it is still there.
                awaitNothingWaits();
                long slept = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asleep);
                TimeUnit.MILLISECONDS.sleep(Math.max(0, MAX_POLL_MILLIS + 1_000 - slept));
                senders.allow(REPORTS / 4);
                signal(sleeper, "CONT");
                awaitAll(senders, REPORTS / (2 * ROUNDS) * 2 * ROUNDS + REPORTS / 2 + REPORTS / 4);
                awaitNothingWaits();
                awaitShare(sleeper);
                for (SealpostProcess process : new SealpostProcess[] {steady, sleeper}) {
                    assertThat(process.getManagement("/q/health/live").statusCode())
                            .isEqualTo(200);
                    assertThat(process.getManagement("/q/metrics").body())
                            .contains("sealpost_unexpected_errors_total 0.0");
                }
            }
            assertThat(generated.truth().differences(door)).isEmpty();
        }
    }

    private static Map<String, String> door() {
        return Map.of(
                "SEALPOST_ROLES", "intake,api",
                "SEALPOST_ORIGIN_KEY", "origin-key-of-two-aggregators-that-share-a-topic",
                "SEALPOST_INTAKE_TRUSTED_SOURCES", "127.0.0.1",
                "SEALPOST_WATCH_AUTO", "true");
    }

    private Map<String, String> settings() throws IOException {
        Map<String, String> settings = OutageIT.addresses(outside, door().get("SEALPOST_ORIGIN_KEY"));
        settings.put("SEALPOST_ROLES", "aggregator");
        settings.put("SEALPOST_WATCH_AUTO", "true");
        settings.put("KAFKA_MAX_POLL_INTERVAL_MS", String.valueOf(MAX_POLL_MILLIS));
        settings.put("KAFKA_SESSION_TIMEOUT_MS", "6000");
        return settings;
    }

    private SealpostProcess aggregator(String name, Map<String, String> settings) {
        return SealpostProcess.start(directory.resolve(name), settings);
    }

    /** Until it has got partitions of its own and has brought something from them to the tables. */
    private static void awaitShare(SealpostProcess process) {
        Awaitility.await("a share for " + process.data())
                .atMost(Duration.ofMinutes(2))
                .until(() -> process.getManagement("/q/metrics")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("sealpost_consumer_partitions"))
                        .anyMatch(line -> !line.endsWith(" 0.0")));
    }

    private static void awaitAll(PatientSenders senders, int reports) {
        Awaitility.await("200s").atMost(Duration.ofMinutes(2)).until(() -> senders.taken() >= reports);
    }

    private void awaitNothingWaits() throws Exception {
        try (Topic topic = new Topic(outside)) {
            Awaitility.await("nothing waits").atMost(Duration.ofMinutes(2)).until(() -> topic.lag() == 0);
        }
    }

    private static void signal(SealpostProcess process, String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(status).isZero();
    }
}

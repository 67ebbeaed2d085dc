package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Two intakes and two aggregators are restarted one after the other while reports come, as a new version is rolled out: each
 * ends by itself within its time after SIGTERM, what was answered 200 counts once, and no answer is an error.
 */
class RollingRestartIT {
    private static final int ROUNDS = Integer.getInteger("rolling.rounds", 1);
    private static final String KEY = "origin-key-of-processes-that-are-restarted-in-turn";

    /** What Kubernetes gives a pod, which is the least that anybody gives. */
    private static final int GRACE_SECONDS = 30;

    private final Path directory = SharedSealpost.temporaryDirectory();
    private final Path outside = directory.resolve("outside");
    private final AtomicReferenceArray<SealpostProcess> intakes = new AtomicReferenceArray<>(2);

    @Test
    void nothingIsLostAndNothingTwiceWhileAllAreRestartedInTurn() throws Exception {
        GeneratedReports generated =
                new GeneratedReports(4711, 100, LocalDate.now(ZoneOffset.UTC).minusDays(8), 7);
        List<Long> ends = new ArrayList<>();
        SealpostProcess[] aggregators = new SealpostProcess[2];
        try (SealpostProcess tables = SealpostProcess.start(
                outside, Map.of("SEALPOST_ROLES", "api", "SEALPOST_ORIGIN_KEY", KEY, "SEALPOST_WATCH_AUTO", "true"))) {
            for (int i = 0; i < 2; i++) {
                intakes.set(i, start("intake", i));
                aggregators[i] = start("aggregator", i);
            }
            try (PatientSenders senders = new PatientSenders(8, generated.bodies(), this::anyIntake)) {
                for (int round = 0; round < ROUNDS; round++) {
                    for (int i = 0; i < 2; i++) {
                        senders.allow(1_000);
                        ends.add(end(aggregators[i]));
                        aggregators[i] = start("aggregator", i);
                        senders.allow(1_000);
                        SealpostProcess leaving = intakes.get(i);
                        // As a load balancer does with one that says that it is going.
                        intakes.set(i, intakes.get(1 - i));
                        ends.add(end(leaving));
                        intakes.set(i, start("intake", i));
                    }
                }
                int all = ROUNDS * 4_000;
                Awaitility.await("200s").atMost(Duration.ofMinutes(2)).until(() -> senders.taken() >= all);
                try (Topic topic = new Topic(outside)) {
                    Awaitility.await("nothing waits")
                            .atMost(Duration.ofMinutes(2))
                            .until(() -> topic.lag() == 0);
                }
                System.err.printf(
                        "rolling: %d restarts, %d reports taken, %d posts made again, ends after %s ms%n",
                        ends.size(), senders.taken(), senders.again(), ends);
                assertThat(generated.truth().differences(tables)).isEmpty();
                for (int i = 0; i < 2; i++) {
                    for (SealpostProcess process : List.of(intakes.get(i), aggregators[i])) {
                        HttpResponse<String> metrics = process.getManagement("/q/metrics");
                        assertThat(metrics.body()).contains("sealpost_unexpected_errors_total 0.0");
                    }
                }
            }
        } finally {
            for (int i = 0; i < 2; i++) {
                for (SealpostProcess process : new SealpostProcess[] {intakes.get(i), aggregators[i]}) {
                    if (process != null) {
                        process.close();
                    }
                }
            }
        }
        assertThat(ends)
                .as("milliseconds between SIGTERM and the end")
                .allMatch(millis -> millis < GRACE_SECONDS * 1_000);
    }

    private SealpostProcess anyIntake() {
        return intakes.get(ThreadLocalRandom.current().nextInt(2));
    }

    private static long end(SealpostProcess process) {
        long begin = System.nanoTime();
        assertThat(process.terminate(GRACE_SECONDS)).as(process.output()).isTrue();
        assertThat(process.output()).doesNotContain("ERROR");
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private SealpostProcess start(String role, int number) throws IOException {
        Map<String, String> settings = OutageIT.addresses(outside, KEY);
        settings.put("SEALPOST_ROLES", role);
        settings.put("SEALPOST_WATCH_AUTO", "true");
        settings.put("SEALPOST_INTAKE_TRUSTED_SOURCES", "127.0.0.1");
        return SealpostProcess.start(directory.resolve(role + number), settings);
    }
}

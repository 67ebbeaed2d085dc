package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An intake of its own, whose broker and database are killed, and which is killed itself. */
class SpoolIT {
    private static final int REPORTS = 20_000;
    private static final int SENDERS = 8;

    private final Path directory = SharedSealpost.temporaryDirectory();
    private final Path outside = directory.resolve("outside");
    private final Path own = directory.resolve("own");

    private final AtomicInteger next = new AtomicInteger();
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong slowest = new AtomicLong();

    @Test
    void every200IsInTheTablesOnceThoughBrokerAndIntakeAreKilled() throws Exception {
        // A cell counts a thousand reports that nobody vouches for, and here all are in one.
        Map<String, String> watched = Map.of(
                "SEALPOST_WATCH_DOMAINS", "spool.example",
                "SEALPOST_INTAKE_TRUSTED_SOURCES", "127.0.0.1");
        SealpostProcess broker = SealpostProcess.start(outside, watched);
        Map<String, String> settings = OutageIT.addresses(outside);
        settings.putAll(watched);
        settings.put("SEALPOST_ROLES", "intake");
        int whileDead;
        try (SealpostProcess intake = SealpostProcess.start(own, settings);
                Load load = new Load(intake)) {
            load.begin();
            await("load", () -> acknowledged.size() > 2_000);
            broker.kill();
            int before = acknowledged.size();
            await("200s from the spool", () -> acknowledged.size() > before + 3_000);
            intake.kill();
            whileDead = acknowledged.size() - before;
        }
        try (SealpostProcess intake = SealpostProcess.start(own, settings);
                Load load = new Load(intake)) {
            load.begin();
            int before = acknowledged.size();
            await("200s from the spool after a restart", () -> acknowledged.size() > before + 2_000);
            whileDead += acknowledged.size() - before;
            broker = SealpostProcess.start(outside, watched);
            await("200s while the spool is drained", () -> acknowledged.size() > before + 4_000);
            intake.kill();
        }
        System.out.printf(
                "%d reports were answered 200 while the broker was dead, the slowest after %d ms%n",
                whileDead, slowest.get() / 1_000_000);
        assertThat(whileDead).isGreaterThanOrEqualTo(1_000);
        try (SealpostProcess intake = SealpostProcess.start(own, settings);
                SealpostProcess tables = broker) {
            try (Load load = new Load(intake)) {
                load.begin();
                await("all sent", () -> next.get() >= REPORTS);
            }
            assertThat(acknowledged).hasSizeGreaterThan(REPORTS - 10 * SENDERS);
            JsonNode total = Answers.sessionsOf(tables, "spool.example", acknowledged.size());
            long reports = total.path("reports").asLong();
            System.out.printf(
                    "%d of %d posts got a 200, %d reports are stored%n", acknowledged.size(), next.get(), reports);
            assertThat(total.path("successfulSessions").asLong()).isEqualTo(reports);
            assertThat(stored(tables)).hasSize((int) reports).containsAll(acknowledged);
            assertThat(intake.getManagement("/q/metrics").body())
                    .contains("sealpost_spool_reports 0", "sealpost_unexpected_errors_total 0");
        }
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    /** The numbers of all stored reports; one that is stored twice fails. */
    private static Set<Integer> stored(SealpostProcess tables) {
        Set<Integer> numbers = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = Answers.json(tables.get(
                    "/api/v1/reports?from=2026-11-01&to=2026-11-01&limit=1000&domain=spool.example" + cursor));
            for (JsonNode item : page.path("items")) {
                assertThat(numbers.add(item.path("reportId").asInt())).isTrue();
            }
            cursor = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asText();
        } while (!cursor.isEmpty());
        return numbers;
    }

    /** Post one report after the other until there are no more or the process is gone. */
    private final class Load implements AutoCloseable {
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final SealpostProcess intake;

        Load(SealpostProcess intake) {
            this.intake = intake;
        }

        void begin() {
            for (int i = 0; i < SENDERS; i++) {
                threads.execute(this::send);
            }
        }

        private void send() {
            try {
                for (int number = next.getAndIncrement(); number < REPORTS; number = next.getAndIncrement()) {
                    long begin = System.nanoTime();
                    HttpResponse<String> answer =
                            intake.post(report("Spool", "" + number, "spool.example", "2026-11-01", 1, 0));
                    slowest.accumulateAndGet(System.nanoTime() - begin, Math::max);
                    if (answer.statusCode() == 200) {
                        acknowledged.add(number);
                    }
                }
            } catch (UncheckedIOException killed) {
                // Its last report may be there or not.
            }
        }

        @Override
        public void close() {
            threads.close();
        }
    }

    @Test
    void whenTheSpoolIsFullAsWellReportsAreRefusedAtOnceAndTakenAgainLater() throws IOException {
        Map<String, String> settings = OutageIT.addresses(SharedSealpost.get().data());
        settings.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        settings.put("SEALPOST_ROLES", "intake");
        settings.put("SEALPOST_WATCH_DOMAINS", "full.example");
        settings.put("SEALPOST_INTAKE_SPOOL_MAX_SIZE", "64K");
        try (SealpostProcess intake = SealpostProcess.start(own, settings)) {
            HttpResponse<String> answer;
            int taken = 0;
            do {
                answer = intake.post(report("Full", "" + taken++, "full.example", "2026-11-01", 1, 0));
            } while (answer.statusCode() == 200 && taken < 1_000);
            long begin = System.nanoTime();
            answer = intake.post(report("Full", "x", "full.example", "2026-11-01", 1, 0));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
            assertThat(answer.body()).contains("urn:sealpost:problem:unavailable");
            assertThat(intake.post("junk").statusCode()).isEqualTo(400);
            HttpResponse<String> ready = intake.getManagement("/q/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("the spool is full");
        }
        settings.put("SEALPOST_INTAKE_SPOOL_MAX_SIZE", "1M");
        try (SealpostProcess intake = SealpostProcess.start(own, settings)) {
            assertThat(intake.post(report("Full", "y", "full.example", "2026-11-01", 1, 0))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(intake.getManagement("/q/health/group/intake").body())
                    .contains("takes reports")
                    .doesNotContain("acknowledges");
        }
    }

    @Test
    void aDiskThatFailsIsNeverFollowedByA200AndIsUsedAgainWhenItWorks() throws Exception {
        Map<String, String> settings = OutageIT.addresses(SharedSealpost.get().data());
        Map<String, String> away = new HashMap<>(settings);
        away.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        away.put("SEALPOST_ROLES", "intake");
        int taken = 0;
        try (SealpostProcess intake = SealpostProcess.start(own, away)) {
            for (; taken < 10; taken++) {
                assertThat(disk(intake, taken).statusCode()).isEqualTo(200);
            }
            limitFiles(intake, "1");
            long begin = System.nanoTime();
            assertThat(disk(intake, -1).statusCode()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            assertThat(intake.getManagement("/q/health/ready").body()).contains("disk fails");
            assertThat(disk(intake, -2).statusCode()).isEqualTo(503);
            limitFiles(intake, "unlimited");
            Awaitility.await("the disk is used again")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> disk(intake, 10).statusCode() == 200);
            taken++;
        }
        settings.put("SEALPOST_ROLES", "intake");
        try (SealpostProcess intake = SealpostProcess.start(own, settings)) {
            JsonNode total = Answers.sessionsOf(SharedSealpost.get(), "disk.example", taken);
            assertThat(total.path("reports").asInt()).isEqualTo(taken);
            assertThat(intake.output()).doesNotContain("damaged");
        }
    }

    private static HttpResponse<String> disk(SealpostProcess intake, int number) {
        return intake.post(report("Disk", "" + number, "disk.example", "2026-11-01", 1, 0));
    }

    /** Every write beyond so many bytes of a file fails, as on a broken disk. */
    private static void limitFiles(SealpostProcess process, String bytes) throws Exception {
        Process prlimit = new ProcessBuilder("prlimit", "--pid", "" + process.pid(), "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }

    @Test
    void whatIsDamagedInTheSpoolIsInTheQuarantineAndWhatIsWholeIsCounted() throws Exception {
        Map<String, String> settings = OutageIT.addresses(SharedSealpost.get().data());
        Map<String, String> away = new HashMap<>(settings);
        away.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        away.put("SEALPOST_ROLES", "intake");
        try (SealpostProcess intake = SealpostProcess.start(own, away)) {
            for (int i = 0; i < 20; i++) {
                String json = report("Damaged", "" + i, "damaged.example", "2026-11-01", 1, 0);
                assertThat(intake.post(json).statusCode()).isEqualTo(200);
            }
        }
        Path segment;
        try (Stream<Path> files = Files.list(own.resolve("spool"))) {
            segment = files.filter(file -> file.toString().endsWith(".spool"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 8;
        Files.write(segment, bytes);
        settings.put("SEALPOST_ROLES", "intake");
        try (SealpostProcess intake = SealpostProcess.start(own, settings)) {
            JsonNode total = Answers.sessionsOf(SharedSealpost.get(), "damaged.example", 19);
            assertThat(total.path("reports").asInt()).isEqualTo(19);
            assertThat(intake.output()).contains("are damaged, set aside in the quarantine");
            Awaitility.await("the damaged one, with its bytes")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        for (JsonNode item : Answers.json(SharedSealpost.get().get("/api/v1/quarantine?limit=1000"))
                                .path("items")) {
                            if (item.path("reason").asText().equals("damaged-spool-record")) {
                                return item.path("bytes").asInt() > 200;
                            }
                        }
                        return false;
                    });
        }
    }
}

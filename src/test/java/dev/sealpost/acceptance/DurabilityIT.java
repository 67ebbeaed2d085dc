package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a 200 is worth: the process is killed and started again. */
class DurabilityIT {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private Path data;

    @BeforeEach
    void newDirectory() {
        data = SharedSealpost.temporaryDirectory().resolve("data");
    }

    @Test
    void everyReportThatGotIts200IsThereOnceAfterKills() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        int sent = 0;
        for (int kill = 0; kill < 3; kill++) {
            try (SealpostProcess sealpost = SealpostProcess.start(data)) {
                int first = sent;
                int before = acknowledged.size();
                Thread sender = Thread.ofVirtual().start(() -> sendUntilItFails(sealpost, first, acknowledged));
                Awaitility.await("a first 200 after the start")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> acknowledged.size() > before);
                TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(1_500));
                sealpost.kill();
                sender.join();
                sent += 100_000;
            }
        }
        assertThat(acknowledged).isNotEmpty();
        try (SealpostProcess sealpost = SealpostProcess.start(data)) {
            JsonNode total = Answers.sessionsOf(sealpost, "kill.example", acknowledged.size());
            // A report whose answer was cut off may be there as well, each at most once.
            assertThat(total.path("reports").asLong()).isBetween((long) acknowledged.size(), acknowledged.size() + 3L);
            assertThat(total.path("successfulSessions").asLong())
                    .isEqualTo(total.path("reports").asLong());
            for (int id : acknowledged.stream().limit(20).toList()) {
                JsonNode reports = Answers.json(
                        sealpost.get("/api/v1/reports?from=2026-11-01&to=2026-11-01&domain=only" + id + ".example"));
                assertThat(reports.path("items")).hasSize(1);
            }
        }
    }

    private static void sendUntilItFails(SealpostProcess sealpost, int first, Set<Integer> acknowledged) {
        for (int i = first; ; i++) {
            String policies = Reports.policy("sts", "kill.example", 1, 0, "") + ","
                    + Reports.policy("sts", "only" + i + ".example", 1, 0, "");
            try {
                if (sealpost.post(report("Kill", "k" + i, "2026-11-01", policies))
                                .statusCode()
                        == 200) {
                    acknowledged.add(i);
                }
            } catch (UncheckedIOException killed) {
                return;
            }
        }
    }

    @Test
    void stopsInOrderAndLeavesNoProcessBehind() throws IOException {
        SealpostProcess sealpost = SealpostProcess.start(data);
        assertThat(sealpost.post(report("Stop", "s", "stop.example", "2026-11-01", 5, 1))
                        .statusCode())
                .isEqualTo(200);
        assertThat(sealpost.terminate(10)).as("gone within 10 s").isTrue();
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(data.toString())))
                .isEmpty();
        assertEveryFileIsTheOwners();
        try (SealpostProcess again = SealpostProcess.start(data)) {
            assertThat(Answers.sessionsOf(again, "stop.example", 1)
                            .path("failedSessions")
                            .asLong())
                    .isEqualTo(1);
        }
    }

    private void assertEveryFileIsTheOwners() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            assertThat(files.filter(file -> !Files.isSymbolicLink(file))
                            .filter(file -> permissions(file).stream().anyMatch(OTHERS::contains)))
                    .isEmpty();
        }
        assertThat(permissions(data))
                .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE);
    }

    private static Set<PosixFilePermission> permissions(Path file) {
        try {
            return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSecondInstanceIsRefusedAndTheFirstGoesOn() {
        try (SealpostProcess first = SealpostProcess.start(data);
                SealpostProcess second = SealpostProcess.launch(data, Map.of())) {
            assertThat(second.await(20)).isTrue();
            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(second.output()).contains("in use");
            assertThatCode(() -> first.post(report("Two", "t", "two.example", "2026-11-01", 1, 0)))
                    .doesNotThrowAnyException();
            assertThat(Answers.sessionsOf(first, "two.example", 1)
                            .path("reports")
                            .asLong())
                    .isEqualTo(1);
        }
    }

    @Test
    void wrongSettingsStopTheStartWithWords() {
        try (SealpostProcess refused = SealpostProcess.launch(data, Map.of("SEALPOST_INTAKE_MAXBODY", "1M"))) {
            assertThat(refused.await(20)).isTrue();
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.output()).contains("SEALPOST_INTAKE_MAXBODY", "did you mean SEALPOST_INTAKE_MAX_BODY");
        }
    }
}

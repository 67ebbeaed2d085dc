package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Carries out the recipe of the image for clusters, instruction by instruction, and lives in what comes out. Asks for root and
 * namespaces, as a builder of images does, and is left out without them.
 */
class RecipeIT {
    private static final Path SCRIPT = Path.of("src", "main", "docker", "run-layout.sh");
    private static final int PORT = SealpostProcess.freePort();
    private static final int MANAGEMENT_PORT = SealpostProcess.freePort();

    private final Path work = SharedSealpost.temporaryDirectory().resolve("recipe");
    private final Path log = work.resolve("log");

    @Test
    void theImageIsBuiltRunsClosedAnswersItsProbeAndEndsOnASignal() throws Exception {
        assumeTrue(mayUnshare(), "no root, or no namespaces");
        Files.createDirectories(work);
        Process version = start(work.resolve("version"), "--version");
        assertThat(version.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(version.exitValue()).as(read(work.resolve("version"))).isZero();

        Process server = start(log);
        Awaitility.await("ready")
                .atMost(Duration.ofMinutes(2))
                .failFast(() -> !server.isAlive())
                .untilAsserted(() -> assertThat(read(log)).contains("Sealpost ready"));
        ProcessHandle first = server.toHandle().children().findFirst().orElseThrow();
        assertThat(Files.readString(Path.of("/proc", String.valueOf(first.pid()), "status")))
                .as("an ordinary user's process 1, which can do nothing and become nobody")
                .containsPattern("Uid:\t10001\t10001\t10001\t10001")
                .containsPattern("NSpid:\t\\d+\t1\n")
                .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
        assertThat(read(log))
                .as("a cache that does not fit")
                .doesNotContain("[warning][aot", "[warning][cds", "[error]");

        Process probe = start(work.resolve("probe"), "--probe");
        assertThat(probe.waitFor()).as(read(work.resolve("probe"))).isZero();

        first.destroy();
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).as(read(log)).isEqualTo(143);
    }

    @AfterEach
    void nobodyIsLeft() {
        ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").contains(work.toString()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private Process start(Path output, String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "LAYOUT", work.resolve("layout").toString(),
                "DATA", work.resolve("data").toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "SEALPOST_ROLES", "intake",
                "SEALPOST_ORIGIN_KEY", "origin-key-of-the-test-of-the-recipe",
                "QUARKUS_HTTP_PORT", String.valueOf(PORT),
                "QUARKUS_MANAGEMENT_PORT", String.valueOf(MANAGEMENT_PORT),
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/none",
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"));
        environment.put("QUARKUS_DATASOURCE_USERNAME", "none");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "none");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(List.of(SCRIPT.toString(), "cluster").stream(), Stream.of(arguments))
                                .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static boolean mayUnshare() throws IOException, InterruptedException {
        try {
            return new ProcessBuilder("unshare", "--mount", "--pid", "--fork", "setpriv", "--bounding-set=-all", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }
}

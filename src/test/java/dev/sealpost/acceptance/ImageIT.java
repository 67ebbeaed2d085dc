package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the image for clusters holds, laid out as its recipe does, without a container engine. */
class ImageIT {
    private static final Path DOCKER = Path.of("src", "main", "docker");
    private static final Pattern COPIED = Pattern.compile("(?m)^COPY (?!--from)(?:--chown=\\S+ )?(.+) \\S+$");

    private static Path app = Path.of("");
    private static List<String> before = List.of();

    @BeforeAll
    static void layOut() throws IOException {
        Path built =
                Path.of(System.getProperty("sealpost.jar")).toAbsolutePath().getParent();
        app = SharedSealpost.temporaryDirectory().resolve("sealpost");
        CommandLine.run(new byte[0], "cp", "-r", built.toString(), app.toString());
        before = jars();
        String said = CommandLine.run(
                new byte[0], DOCKER.resolve("without-embedded.sh").toString(), app.toString());
        assertThat(said).isEmpty();
    }

    private static List<String> jars() throws IOException {
        try (Stream<Path> all = Files.list(app.resolve("lib/main"))) {
            return all.map(jar -> jar.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theImageForClustersHasNoBrokerAndNoDatabase() throws IOException {
        assertThat(jars())
                .noneMatch(jar -> jar.startsWith("io.zonky") || jar.startsWith("org.scala-lang"))
                .filteredOn(jar -> jar.startsWith("org.apache.kafka."))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("org.apache.kafka.kafka-clients-");
    }

    @Test
    void eachPatternLeavesSomethingOut() throws IOException {
        List<String> gone = new ArrayList<>(before);
        gone.removeAll(jars());
        for (String pattern : Files.readAllLines(DOCKER.resolve("embedded-only.txt"))) {
            if (!pattern.startsWith("#")) {
                String regex = pattern.replace(".", "\\.").replace("*", ".*");
                assertThat(gone).as(pattern).anyMatch(jar -> jar.matches(regex));
            }
        }
    }

    /** Beside a running server, whose database and broker it is given. */
    @Test
    void theProgramWorksWithoutThem() throws IOException {
        SealpostProcess sealpost = SharedSealpost.get();
        Ran listed = run(sealpost.data(), "keys", "list");
        assertThat(listed.exit).as(listed.output).isZero();
    }

    @Test
    void aStartThatWantsThemSaysWhatToSet() throws IOException {
        Ran refused = run(SharedSealpost.temporaryDirectory().resolve("data"), "serve");
        assertThat(refused.exit).isEqualTo(1);
        assertThat(refused.output).containsPattern("This build has no (PostgreSQL|Kafka).*; set (QUARKUS_|KAFKA_)");
    }

    private record Ran(int exit, String output) {}

    private static Ran run(Path data, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Program.command(app.resolve("quarkus-run.jar"), arguments))
                .redirectErrorStream(true);
        builder.environment().putAll(Map.of("SEALPOST_DATA_DIR", data.toString()));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            return new Ran(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.standalone"})
    void theRecipeCopiesWhatIsThereAndRunsAsAnOrdinaryUser(String name) throws IOException {
        String recipe = Files.readString(DOCKER.resolve(name));
        for (MatchResult copied : COPIED.matcher(recipe).results().toList()) {
            assertThat(copied.group(1).split(" "))
                    .allSatisfy(file -> assertThat(file.equals("target/quarkus-app") ? app : Path.of(file))
                            .exists());
        }
        assertThat(recipe)
                .contains("USER 10001:10001", "QUARKUS_MANAGEMENT_HOST=0.0.0.0", "STOPSIGNAL SIGTERM", "VOLUME /data")
                .contains("-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=/opt/sealpost/sealpost.aot")
                .containsPattern("(?m)^ENTRYPOINT \\[\"java\", ")
                .containsPattern("(?m)^HEALTHCHECK .*\"healthcheck\"\\]$");
        assertThat(recipe.contains("without-embedded.sh")).isEqualTo(name.equals("Dockerfile.jvm"));
    }
}

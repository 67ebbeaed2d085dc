package dev.sealpost.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short search for inputs that break {@link Invariants}; docs/fuzzing.md tells of long ones. */
class FuzzIT {
    private static final Path BASE = Path.of("target", "fuzz");

    @BeforeEach
    void needsNativeLibrary() {
        assumeTrue(Fuzzing.isSupported(), "Jazzer has no native library for this system and processor");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLANTED")
    void nothingIsFound(Target target) throws Exception {
        Fuzzing fuzzing = new Fuzzing(target, BASE);
        boolean nothing =
                fuzzing.run(Duration.ofSeconds(Long.getLong("fuzz.seconds", 10)), Long.getLong("fuzz.executions", -1));
        assertThat(nothing)
                .as(
                        "%s: put the input from %s into src/test/resources/fuzz/%s, then run FuzzFixturesTest.%n%s",
                        fuzzing.log(), fuzzing.findings(), target.type().getSimpleName(), fuzzing.summary())
                .isTrue();
        assertThat(fuzzing.executions())
                .as(fuzzing.summary())
                .isGreaterThan(Seeds.of(target.type()).size());
    }

    @Test
    void aPlantedFaultIsFoundAndItsInputKept(@TempDir Path base) throws Exception {
        Fuzzing fuzzing = new Fuzzing(Target.PLANTED, base);
        assertThat(fuzzing.run(Duration.ofMinutes(2), -1)).isFalse();
        assertThat(fuzzing.summary()).contains("INFO: Seed: ", "AssertionError: planted", "Test unit written to ");
        try (Stream<Path> findings = Files.list(fuzzing.findings())) {
            assertThat(findings).anyMatch(file -> file.getFileName().toString().startsWith("crash-"));
        }
    }
}

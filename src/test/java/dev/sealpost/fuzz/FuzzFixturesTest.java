package dev.sealpost.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a fuzzing run starts from and what earlier ones found. */
class FuzzFixturesTest {
    @ParameterizedTest
    @EnumSource
    void seeds_breakNothing(Target target) {
        for (byte[] seed : Seeds.of(target.type())) {
            assertThatCode(() -> target.run(seed)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource
    void foundInputs_breakNothingAnyMore(Target target) throws Exception {
        for (Path found : found(target)) {
            byte[] input = Files.readAllBytes(found);
            assertThatCode(() -> target.run(input))
                    .as(found.getFileName().toString())
                    .doesNotThrowAnyException();
        }
    }

    private static List<Path> found(Target target) throws IOException, URISyntaxException {
        URL folder = FuzzFixturesTest.class.getResource("/fuzz/" + target.type().getSimpleName());
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }
}

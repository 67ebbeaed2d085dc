package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code keys create|list|revoke} beside a server. */
class KeysCommandIT {
    private final SealpostProcess sealpost = SharedSealpost.get();

    private record Ran(int exit, String stdout) {}

    private Ran run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Program.command("keys"));
        command.addAll(List.of(arguments));
        Path log = sealpost.data().resolveSibling("keys-command.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("SEALPOST_DATA_DIR", sealpost.data().toString());
        Process process = builder.start();
        String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), stdout);
    }

    @Test
    void aKeyIsMadeListedAndRevoked() throws Exception {
        Ran made = run("create", "--tenant", "cli", "--domain", "Cli.example");
        assertThat(made.exit).isZero();
        String key = made.stdout.strip();
        assertThat(key).matches("spi_[A-Za-z0-9_-]{43}");
        awaitStatus(key, 400);
        Ran listed = run("list");
        String line = listed.stdout
                .lines()
                .filter(each -> each.contains("\tcli\tcli.example\t-"))
                .findFirst()
                .orElseThrow();
        assertThat(line).contains(key.substring(0, 12) + "...").doesNotContain(key);
        String id = line.substring(0, line.indexOf('\t'));
        assertThat(run("revoke", id).exit).isZero();
        awaitStatus(key, 404);
        assertThat(run("create", "--role", "owner")).isEqualTo(new Ran(2, ""));
    }

    private void awaitStatus(String key, int status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> Calls.post(sealpost, "/tlsrpt/" + key, "no report").statusCode() == status);
    }
}

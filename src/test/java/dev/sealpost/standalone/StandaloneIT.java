package dev.sealpost.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Both parts in this process, started once for all tests but those that restart them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandaloneIT {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);

    private final Queue<String> progress = new ConcurrentLinkedQueue<>();
    private DataDirectory data;
    private Standalone standalone;
    private EmbeddedClients clients;

    @BeforeAll
    void start(@TempDir Path temp) {
        data = DataDirectory.open(temp.resolve("data"));
        start();
    }

    private void start() {
        standalone = Standalone.start(data, EnumSet.allOf(Part.class), progress::add);
        clients = new EmbeddedClients(standalone.settings());
    }

    @AfterAll
    void stop() {
        standalone.close();
        data.close();
    }

    @Test
    void tellsWhatTheFirstStartDoes() {
        assertThat(progress)
                .anyMatch(line -> line.contains("Unpacking PostgreSQL"))
                .anyMatch(line -> line.contains("Creating the PostgreSQL cluster"))
                .anyMatch(line -> line.contains("Starting Kafka"));
    }

    @Test
    void postgresIsEighteenAndDurableAndUnprivileged() throws Exception {
        assertThat(clients.ask("SHOW server_version")).startsWith("18.");
        assertThat(clients.ask("SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings"
                        + " WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses')"))
                .isEqualTo("fsync=on full_page_writes=on listen_addresses=127.0.0.1 synchronous_commit=on");
        assertThat(clients.ask("SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("false");
        assertThat(clients.ask("SHOW server_encoding")).isEqualTo("UTF8");
        assertThat(clients.ask("SHOW log_timezone")).isEqualTo("UTC");
    }

    @Test
    void postgresDemandsItsPassword() {
        assertThatThrownBy(() -> clients.connect("sealpost", "")).hasMessageContaining("password");
        assertThatThrownBy(() -> clients.connect("sealpost", "wrong")).hasMessageContaining("authentication failed");
        assertThatThrownBy(() -> clients.connect("postgres", "")).hasMessageContaining("pg_hba.conf");
    }

    @Test
    void kafkaDemandsItsPassword() throws Exception {
        Properties wrong = clients.kafka();
        wrong.put("sasl.jaas.config", Connections.jaas("wrong", ""));
        assertThatThrownBy(() -> clients.topics(wrong))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SaslAuthenticationException.class);
        Properties without = new Properties();
        without.put("bootstrap.servers", standalone.settings().get("kafka.bootstrap.servers"));
        without.put("default.api.timeout.ms", "4000");
        without.put("request.timeout.ms", "2000");
        assertThatThrownBy(() -> clients.topics(without))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(clients.topics(clients.kafka())).doesNotContain("nothing");
    }

    @Test
    void everythingIsTheOwnersAlone() throws IOException {
        try (Stream<Path> all = Files.walk(data.path())) {
            List<Path> open = all.filter(path -> !Files.isSymbolicLink(path) && isOpen(path))
                    .toList();
            assertThat(open).isEmpty();
        }
    }

    private static boolean isOpen(Path path) {
        try {
            return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
                    .anyMatch(OTHERS::contains);
        } catch (IOException e) {
            // The server removes files of its own while we look.
            return false;
        }
    }

    @Test
    void rowsAndLargeRecordsSurviveARestartOnTheSamePorts() throws Exception {
        clients.insert("restart");
        clients.createTopic();
        clients.send("x".repeat(33 << 20));
        var before = standalone.settings();
        standalone.close();
        assertThat(postgresOf(data.path())).isEmpty();
        start();
        assertThat(standalone.settings()).isEqualTo(before);
        assertThat(clients.ask("SELECT count(*) FROM kept WHERE word = 'restart'"))
                .isEqualTo("1");
        assertThat(clients.lengths()).contains(33 << 20);
    }

    @Test
    void aBrokerThatGivesUpEndsAloneAndComesBack() throws Exception {
        assertThatThrownBy(() -> Exit.halt(1, "planted")).isInstanceOf(BrokerExit.BrokerEnded.class);
        assertThat(standalone.isUp(Part.KAFKA)).isFalse();
        assertThat(standalone.isUp(Part.POSTGRES)).isTrue();
        await().atMost(Duration.ofSeconds(60)).until(() -> standalone.isUp(Part.KAFKA));
        assertThat(clients.topics(clients.kafka())).doesNotContain("nothing");
    }

    @Test
    void aKilledPostgresComesBackOnItsPort() throws Exception {
        clients.insert("killed");
        postgresOf(data.path()).getFirst().destroyForcibly();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> clients.ask("SELECT count(*) FROM kept WHERE word = 'killed'")
                        .equals("1"));
    }

    /** The postmaster of the directory first, then its children; as the system sees them. */
    static List<ProcessHandle> postgresOf(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(data + "/postgres/data"))
                .sorted()
                .toList();
    }
}

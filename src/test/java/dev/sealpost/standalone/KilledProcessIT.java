package dev.sealpost.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that holds the parts is killed without warning, and the next one starts on what it left. */
class KilledProcessIT {
    @TempDir
    Path temp;

    private final Queue<Process> started = new ConcurrentLinkedQueue<>();

    @AfterEach
    void leaveNothingBehind() {
        started.forEach(Process::destroyForcibly);
        StandaloneIT.postgresOf(temp).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void whatWasAcknowledgedSurvivesAndTheOrphanIsRecovered() throws Exception {
        Path path = temp.resolve("data");
        Process holder = startHolder(path);
        assertThatThrownBy(() -> DataDirectory.open(path))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("in use by process " + holder.pid());
        EmbeddedClients clients = new EmbeddedClients(Connections.read(path).settings(EnumSet.allOf(Part.class)));
        clients.createTopic();
        clients.insert("before the kill");
        clients.send("seven!!");
        ProcessHandle orphan = StandaloneIT.postgresOf(path).getFirst();
        endWatcherOf(orphan);
        holder.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).isTrue();

        Queue<String> progress = new ConcurrentLinkedQueue<>();
        try (DataDirectory data = DataDirectory.open(path);
                Standalone again = Standalone.start(data, EnumSet.allOf(Part.class), progress::add)) {
            assertThat(progress).anyMatch(line -> line.contains("killed process left behind"));
            assertThat(orphan.isAlive()).isFalse();
            EmbeddedClients after = new EmbeddedClients(again.settings());
            assertThat(after.ask("SELECT word FROM kept")).isEqualTo("before the kill");
            assertThat(after.lengths()).isEqualTo(List.of(7));
        }
        assertThat(StandaloneIT.postgresOf(path)).isEmpty();
    }

    @Test
    void postgresFollowsAKilledProcessByItself() throws Exception {
        Path path = temp.resolve("data");
        Process holder = startHolder(path);
        ProcessHandle postgres = StandaloneIT.postgresOf(path).getFirst();
        holder.destroyForcibly().waitFor();
        postgres.onExit().get(10, TimeUnit.SECONDS);
        assertThat(StandaloneIT.postgresOf(path)).isEmpty();
    }

    /** As if the machine had killed both: it is the shell that waits for the end of the holder. */
    private static void endWatcherOf(ProcessHandle postmaster) {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("SEALPOST_SESSION"))
                .filter(process -> process.info().commandLine().orElse("").contains(dataOf(postmaster)))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static String dataOf(ProcessHandle postmaster) {
        List<String> arguments = List.of(postmaster.info().arguments().orElseThrow());
        return arguments.get(arguments.indexOf("-D") + 1);
    }

    private Process startHolder(Path path) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "--enable-native-access=ALL-UNNAMED",
                        StandaloneForTest.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        Process holder = builder.start();
        started.add(holder);
        BufferedReader output = holder.inputReader();
        assertThat(output.readLine()).startsWith("up ");
        return holder;
    }
}

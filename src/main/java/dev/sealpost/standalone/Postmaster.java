package dev.sealpost.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run of the PostgreSQL server. */
final class Postmaster {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int STATUS_LINE = 7;

    /**
     * The server in a session of its own, where Ctrl-C in a terminal does not reach it before its clients are done,
     * and a watcher beside it: when our end of its input closes without a word, we are dead, and it has to go.
     */
    private static final String LAUNCH = """
            if [ -z "$SEALPOST_SESSION" ] && command -v setsid >/dev/null 2>&1; then
                SEALPOST_SESSION=1; export SEALPOST_SESSION
                exec setsid sh -c "$0" "$0" "$@"
            fi
            exec 3<&0 </dev/null
            ( ( read -r word <&3 || kill -INT $$ ) >/dev/null 2>&1 & )
            exec "$@" 3<&-
            """;

    /** What no postgresql.conf may change: who can reach the server, and that a commit is on the disk. */
    private static final List<String> FIXED = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "password_encryption=scram-sha-256",
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            "logging_collector=off",
            "log_destination=stderr",
            "max_logical_replication_workers=0",
            "timezone=UTC",
            "log_timezone=UTC");

    private final Process process;
    private final BoundedLog log;

    private Postmaster(Process process, BoundedLog log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the server on the port of the loopback interface and waits until it takes connections. */
    static Postmaster start(PostgresCluster cluster, int port) throws IOException {
        Path rules = cluster.writeAccessRules();
        List<String> command = new ArrayList<>(List.of("sh", "-c", LAUNCH, LAUNCH));
        command.addAll(List.of(
                cluster.command().program("postgres"), "-D", cluster.data().toString()));
        command.addAll(List.of("-c", "port=" + port, "-c", "hba_file=" + rules));
        FIXED.forEach(setting -> command.addAll(List.of("-c", setting)));
        BoundedLog log = new BoundedLog(cluster.data().resolveSibling("postgres.log"));
        Process process =
                cluster.command().process(command).redirectErrorStream(true).start();
        log.follow(process.getInputStream());
        Postmaster postmaster = new Postmaster(process, log);
        try {
            postmaster.awaitReady(cluster.data().resolve("postmaster.pid"));
            return postmaster;
        } catch (IOException | RuntimeException e) {
            postmaster.stop();
            throw e;
        }
    }

    private void awaitReady(Path pidFile) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!isReady(pidFile)) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new StandaloneException("PostgreSQL ended while starting: " + log.tail());
                }
                if (System.nanoTime() > deadline) {
                    throw new StandaloneException("PostgreSQL is not up after " + PATIENCE + ": " + log.tail());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("Interrupted while starting PostgreSQL", e);
        }
    }

    /** The server writes its state into its lock file; pg_ctl looks there, too. */
    private boolean isReady(Path pidFile) throws IOException {
        try {
            List<String> lines = Files.readAllLines(pidFile, StandardCharsets.UTF_8);
            return lines.size() > STATUS_LINE
                    && lines.getFirst().strip().equals(Long.toString(process.pid()))
                    && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Tells the end of the server, be it wanted or not, with the last lines of its log. */
    void whenEnded(Consumer<String> listener) {
        Thread.ofVirtual().name("postgres-end").start(() -> {
            try {
                listener.accept("status " + process.waitFor() + ": " + log.tail());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends the sessions, writes a checkpoint and waits for the end. */
    void stop() throws IOException {
        Shutdown.of(process.toHandle());
        try (OutputStream watcher = process.getOutputStream()) {
            watcher.write('\n');
        } catch (IOException e) {
            // The watcher has ended before us; nothing is left to tell it.
            return;
        }
    }
}

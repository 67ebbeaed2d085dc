package dev.sealpost.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A PostgreSQL that outlived its process: it holds the cluster until it is stopped. */
final class OrphanedPostmaster {
    private static final int SESSION_SECONDS = 10;

    private OrphanedPostmaster() {}

    /** Stops the one of this cluster, if there is one, and removes what it or a crash left behind. */
    static void clear(Path data, Consumer<String> progress) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        Optional<ProcessHandle> orphan =
                pidIn(pidFile).flatMap(ProcessHandle::of).filter(process -> serves(process, data));
        if (orphan.isPresent()) {
            progress.accept("Stopping the PostgreSQL that a killed process left behind (process "
                    + orphan.get().pid() + ")");
            if (!Shutdown.of(orphan.get())) {
                throw new StandaloneException("Process " + orphan.get().pid() + " still serves " + data
                        + " and cannot be stopped; stop it by hand");
            }
        }
        endSessions(data);
        // PostgreSQL gives up on its own when some other process has come to have the pid in the file.
        Files.deleteIfExists(pidFile);
    }

    /**
     * Sessions outlive a postmaster that is killed for as long as they work on a statement. Without the file that is removed
     * here PostgreSQL does not notice them, and two servers at work would destroy the cluster.
     */
    private static void endSessions(Path data) {
        for (ProcessHandle session : ProcessHandle.allProcesses()
                .filter(process -> serves(process, data))
                .toList()) {
            session.destroyForcibly();
            try {
                session.onExit().get(SESSION_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                throw new StandaloneException(
                        "Process " + session.pid() + " still works on " + data + " and cannot be stopped", e);
            }
        }
    }

    private static Optional<Long> pidIn(Path pidFile) throws IOException {
        if (Files.notExists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        return lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")
                ? Optional.empty()
                : Optional.of(Long.valueOf(lines.getFirst().strip()));
    }

    /** Whether the process is a PostgreSQL on this cluster, which is its working directory. */
    private static boolean serves(ProcessHandle process, Path data) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            if (Files.isDirectory(proc)) {
                return Files.readString(proc.resolve("cmdline")).contains("postgres")
                        && Files.isSameFile(proc.resolve("cwd"), data);
            }
        } catch (IOException e) {
            return false;
        }
        return process.info()
                .commandLine()
                .filter(line -> line.contains(data.toString()))
                .isPresent();
    }
}

package dev.sealpost.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.sealpost.standalone.DataArchive;
import dev.sealpost.standalone.DataDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies the data directory of a server that does not run. */
@Command(
        name = "backup",
        description = {
            "Write the data directory (keys, embedded PostgreSQL and Kafka, spool) to a file, a gzipped tar that only its"
                    + " owner may read. The server must not run; with a database and broker of your own, back those up.",
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the file to write; it must not be there yet")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        return Launch.guarded(() -> {
            try (DataDirectory data = DataDirectory.open(StartSettings.read().dataDirectory())) {
                DataArchive.write(data, file);
                Progress.say("Wrote " + file + "; it holds keys and passwords");
                return 0;
            }
        });
    }
}

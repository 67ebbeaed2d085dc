package dev.sealpost.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.sealpost.standalone.DataArchive;
import dev.sealpost.standalone.DataDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Brings a backup back. */
@Command(
        name = "restore",
        description = "Unpack what backup wrote into the data directory, which must be empty or not there.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "a file that backup wrote")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        return Launch.guarded(() -> {
            try (DataDirectory data = DataDirectory.open(StartSettings.read().dataDirectory())) {
                DataArchive.read(file, data);
                Progress.say("Restored " + data.path());
                return 0;
            }
        });
    }
}

package dev.sealpost.command;

import java.util.concurrent.Callable;

import dev.sealpost.standalone.DataDirectory;
import dev.sealpost.standalone.Standalone;
import picocli.CommandLine.Command;

/** Runs the server until it is told to stop. */
@Command(
        name = "serve",
        description = "Run the server (the default). PostgreSQL and Kafka run inside unless QUARKUS_DATASOURCE_JDBC_URL"
                + " and KAFKA_BOOTSTRAP_SERVERS name others.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return Launch.guarded(() -> {
            StartSettings settings = StartSettings.read();
            // On a signal the parts end by themselves, after the server; this block sees only a start that fails.
            try (DataDirectory data = DataDirectory.open(settings.dataDirectory())) {
                settings.complete(data).forEach(System::setProperty);
                settings.unneeded().forEach(System::setProperty);
                try (Standalone parts = Standalone.start(data, settings.embedded(), Progress::say)) {
                    parts.settings().forEach(System::setProperty);
                    Progress.say("Starting the server");
                    return Launch.application(null);
                }
            }
        });
    }
}

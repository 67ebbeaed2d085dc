package dev.sealpost.command;

import java.util.concurrent.Callable;

import dev.sealpost.demo.DemoHistory;
import dev.sealpost.standalone.DataDirectory;
import dev.sealpost.standalone.Standalone;
import dev.sealpost.standalone.ThrowAwayDirectory;
import picocli.CommandLine.Command;

/** Runs a server with an invented history that goes with it. */
@Command(
        name = "demo",
        description = {
            "Run a server that shows " + DemoHistory.DAYS
                    + " days of invented reports: somebody strips STARTTLS between one"
                    + " sender and a domain, a certificate has expired, and one sender has fallen silent.",
            "It works in a directory of its own below that of temporary files, which is removed when the server ends,"
                    + " and leaves every real installation alone."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String PREFIX = "sealpost-demo-";

    @Override
    public Integer call() {
        return Launch.guarded(() -> {
            StartSettings given = StartSettings.read();
            ThrowAwayDirectory directory = ThrowAwayDirectory.create(PREFIX);
            try {
                DemoSettings.of(given, directory.path()).forEach(System::setProperty);
                return serve(directory);
            } finally {
                // On a signal the parts' end removes it; this sees a start that fails.
                directory.remove();
            }
        });
    }

    private static int serve(ThrowAwayDirectory directory) {
        try (DataDirectory data = DataDirectory.open(directory.path())) {
            System.setProperty("sealpost.origin.key", data.secret("origin.key"));
            StartSettings settings = StartSettings.read();
            settings.complete(data).forEach(System::setProperty);
            settings.unneeded().forEach(System::setProperty);
            try (Standalone parts = Standalone.start(data, settings.embedded(), Progress::say)) {
                parts.afterwards(() -> remove(directory));
                parts.settings().forEach(System::setProperty);
                Progress.say("Starting the server");
                return Launch.application(DemoRun.class);
            }
        }
    }

    private static void remove(ThrowAwayDirectory directory) {
        if (!directory.remove()) {
            Progress.say("Something is left in " + directory.path() + ", remove it");
        }
    }
}

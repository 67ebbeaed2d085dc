package dev.sealpost.command;

import java.time.Duration;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

/** Brings the tables up to date without serving; servers do so themselves, one at a time. */
@Command(
        name = "migrate",
        description =
                "Bring the tables of the database up to date and end. Servers of the version before may go on working"
                        + " beside it. Every server does the same at its start.",
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Override
    public Integer call() {
        return CommandRun.run(PATIENCE, () -> {
            Progress.say("The tables are up to date");
            return 0;
        });
    }
}

package dev.sealpost.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after what was refused, on a running server or without one. */
@Command(
        name = "quarantine",
        description = "List, show, replay and delete what held no report or could not be counted.",
        mixinStandardHelpOptions = true,
        subcommands = {
            QuarantineListCommand.class,
            QuarantineShowCommand.class,
            QuarantineReplayCommand.class,
            QuarantineDeleteCommand.class
        })
final class QuarantineCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say list, show, replay or delete");
    }
}

package dev.sealpost.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import dev.sealpost.aggregate.Verifying;
import dev.sealpost.store.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Compares the daily tables with the stored reports. */
@Command(
        name = "verify",
        description = {
            "Compare the daily tables, and the sums over them, with what follows from the stored reports. Changes nothing,"
                    + " and may run beside servers.",
            "Exit code 1 when something differs: the first differences are printed, and rebuild makes them right."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    private static final int DIFFERS = 1;
    private static final int PRINTED = 20;

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private long printed;

    @Override
    public Integer call() {
        Scope wanted = scope.scope();
        return CommandRun.run(() -> {
            PrintWriter out = spec.commandLine().getOut();
            Pace pace = new Pace("days of domains compared");
            Verifying.Verified verified =
                    CommandRun.part(Verifying.class).all(wanted, difference -> print(out, difference), pace::at);
            out.println(verified.differences() + " differences in " + verified.days() + " days of domains"
                    + (verified.left() == 0
                            ? ""
                            : ", " + verified.left()
                                    + " of them made by another version of the program and not compared"));
            out.flush();
            return verified.differences() == 0 ? 0 : DIFFERS;
        });
    }

    private void print(PrintWriter out, String difference) {
        if (printed++ < PRINTED) {
            out.println(Escaped.line(difference));
        }
    }
}

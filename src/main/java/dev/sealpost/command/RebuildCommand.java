package dev.sealpost.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import dev.sealpost.aggregate.Rebuilding;
import dev.sealpost.store.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Derives the daily tables anew from the stored reports. */
@Command(
        name = "rebuild",
        description = {
            "Derive the daily tables, and the sums over them, anew from the stored reports. May run beside servers, and goes"
                    + " on where it was when it is stopped and started again with the same --from, --to and --domain.",
        },
        mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {
    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Option(
            names = "--reread",
            description = "before that, read stored originals again that another version of the program read")
    private boolean reread;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Scope wanted = scope.scope();
        return CommandRun.run(() -> {
            Rebuilding rebuilding = CommandRun.part(Rebuilding.class);
            PrintWriter out = spec.commandLine().getOut();
            if (reread) {
                long changed = rebuilding.reread(wanted, new Pace("originals read")::at);
                out.println(changed + " reports are read otherwise");
            }
            rebuilding
                    .begun(wanted)
                    .ifPresent(
                            last -> Progress.say("Going on after " + Escaped.line(last.domain()) + ' ' + last.day()));
            Rebuilding.Done done = rebuilding.rebuild(wanted, new Pace("days of domains derived")::at);
            out.println(done.days() + " days of domains derived, " + done.sums() + " sums over all domains corrected"
                    + (done.left() == 0 ? "" : ", " + done.left() + " left to the newer program that made them"));
            out.flush();
            return 0;
        });
    }
}

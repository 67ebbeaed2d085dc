package dev.sealpost.command;

import java.util.UUID;
import java.util.concurrent.Callable;

import dev.sealpost.store.QuarantineRemoval;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes entries of the quarantine for good. */
@Command(
        name = "delete",
        description = {
            "Delete one entry, or all of a reason, with their bytes and for good.",
            "Without --yes it only says how many that would be. Exit code 1 when there is nothing to delete."
        },
        mixinStandardHelpOptions = true)
final class QuarantineDeleteCommand implements Callable<Integer> {
    private static final int NOTHING = 1;
    private static final int NOT_CONFIRMED = 2;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--yes", description = "really delete")
    private boolean yes;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private static final class Which {
        @Parameters(paramLabel = "ID", description = "the entry, as listed")
        private @Nullable UUID id;

        @Option(names = "--reason", description = "all entries of this reason")
        private @Nullable String reason;
    }

    @Override
    public Integer call() {
        return CommandRun.run(() -> {
            QuarantineRemoval removal = CommandRun.part(QuarantineRemoval.class);
            if (!yes) {
                Progress.say("Would delete " + found(removal) + "; add --yes to do it");
                return NOT_CONFIRMED;
            }
            long deleted = delete(removal);
            spec.commandLine().getOut().println("deleted " + deleted);
            spec.commandLine().getOut().flush();
            return deleted == 0 ? NOTHING : 0;
        });
    }

    private String found(QuarantineRemoval removal) {
        String reason = which.reason;
        return reason == null ? "one entry" : removal.count(reason) + " entries";
    }

    private long delete(QuarantineRemoval removal) {
        UUID id = which.id;
        String reason = which.reason;
        if (id != null) {
            return removal.delete(id) ? 1 : 0;
        }
        return reason == null ? 0 : removal.deleteAll(reason);
    }
}

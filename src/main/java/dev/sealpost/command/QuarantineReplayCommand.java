package dev.sealpost.command;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.sealpost.intake.Verdict;
import dev.sealpost.intake.upload.Replay;
import dev.sealpost.store.QuarantineEntries.Wanted;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes entries of the quarantine through the door again. */
@Command(
        name = "replay",
        description = {
            "Take one entry, or all, through the door again, as after an upgrade that reads more. What is accepted"
                    + " leaves the quarantine; what is rejected again stays.",
            "Exit code 1 when something was rejected or could not be taken."
        },
        mixinStandardHelpOptions = true)
final class QuarantineReplayCommand implements Callable<Integer> {
    private static final int LEFT = 1;
    private static final int PAGE = 1_000;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--reason", description = "with --all: only entries of this reason")
    private @Nullable String reason;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private static final class Which {
        @Parameters(paramLabel = "ID", description = "the entry, as listed")
        private @Nullable UUID id;

        // That it stands there instead of an id says all.
        @SuppressWarnings("UnusedVariable")
        @Option(names = "--all", description = "all entries")
        private boolean all;
    }

    @Override
    public Integer call() {
        UUID id = which.id;
        if (id != null && reason != null) {
            throw new ParameterException(spec.commandLine(), "--reason goes with --all");
        }
        return CommandRun.run(() -> {
            Replay replay = CommandRun.part(Replay.class);
            PrintWriter out = spec.commandLine().getOut();
            int left = id == null ? all(replay, out) : one(replay, id, out);
            out.flush();
            if (!CommandRun.awaitTables()) {
                Progress.say("What was accepted is kept, and not in the tables yet");
            }
            return left;
        });
    }

    private static int one(Replay replay, UUID id, PrintWriter out) throws InterruptedException {
        Verdict verdict = replay.one(id).orElse(null);
        return switch (verdict) {
            case null -> {
                Progress.say("There is no entry " + id);
                yield LEFT;
            }
            case Verdict.Accepted ignored -> {
                out.println("accepted");
                yield 0;
            }
            case Verdict.Refused refused -> {
                out.println("rejected " + refused.reason());
                yield LEFT;
            }
            case Verdict.OverBudget ignored -> unavailable();
            case Verdict.Unavailable ignored -> unavailable();
        };
    }

    private int all(Replay replay, PrintWriter out) throws InterruptedException {
        Wanted wanted = new Wanted(Optional.ofNullable(reason), Optional.empty(), Optional.empty());
        long accepted = 0;
        long rejected = 0;
        Replay.Progress progress = replay.several(wanted, Optional.empty(), PAGE);
        while (true) {
            accepted += progress.accepted();
            rejected += progress.rejected();
            if (progress.next() == null || !progress.available()) {
                break;
            }
            Progress.say("accepted " + accepted + ", rejected " + rejected + " so far");
            progress = replay.several(wanted, Optional.of(progress.next()), PAGE);
        }
        out.println("accepted " + accepted + ", rejected " + rejected);
        if (!progress.available()) {
            return unavailable();
        }
        return rejected == 0 ? 0 : LEFT;
    }

    private static int unavailable() {
        Progress.say("Nothing durable can take a report now; what is left stays in the quarantine");
        return LEFT;
    }
}

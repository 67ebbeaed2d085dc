package dev.sealpost.command;

import java.util.Set;
import java.util.concurrent.Callable;

import dev.sealpost.intake.mailbox.MailTroubleException;
import dev.sealpost.intake.mailbox.MailboxTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Mailboxes, as the settings have them. */
@Command(
        name = "mailboxes",
        description = "Try mailboxes out.",
        mixinStandardHelpOptions = true,
        subcommands = MailboxesCommand.Try.class)
@SuppressWarnings("SystemOut")
final class MailboxesCommand implements Callable<Integer> {
    private static final int NOT_DONE = 1;
    private static final int WRONG_USE = 2;

    @Override
    public Integer call() {
        Progress.say("Say what to do: mailboxes test NAME");
        return WRONG_USE;
    }

    @Command(
            name = "test",
            description = "Sign in, list the folders and read one report, without changing anything.",
            mixinStandardHelpOptions = true)
    static final class Try implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "as in SEALPOST_MAILBOXES_<NAME>_HOST, in lower case")
        private String name = "";

        @Override
        public Integer call() {
            return CommandRun.run(() -> {
                MailboxTrial trial = CommandRun.part(MailboxTrial.class);
                Set<String> names = trial.names();
                if (!names.contains(name)) {
                    Progress.say("There is no mailbox " + name + " in the settings; there are "
                            + (names.isEmpty() ? "none" : String.join(", ", names)));
                    return WRONG_USE;
                }
                try {
                    trial.run(name, System.out::println);
                    return 0;
                } catch (MailTroubleException trouble) {
                    Progress.say(trouble.explanation());
                    return NOT_DONE;
                }
            });
        }
    }
}

package dev.sealpost.command;

import java.util.concurrent.Callable;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The entry of the program. Verbs that need no server answer without starting one. */
@QuarkusMain
@Command(
        name = "sealpost",
        description = "Collects SMTP TLS reports (RFC 8460).",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ServeCommand.class,
            ReadCommand.class,
            ImportCommand.class,
            QuarantineCommand.class,
            KeysCommand.class,
            RebuildCommand.class,
            VerifyCommand.class,
            MailboxesCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            HealthcheckCommand.class,
            MigrateCommand.class,
            DnsRecordCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            DemoCommand.class
        })
public final class Main implements Callable<Integer> {
    /** Runs one verb and ends the process with its exit code: 0 done, 1 not done, 2 wrong use. */
    public static void main(String[] arguments) {
        System.exit(isServer(arguments) ? serve() : commandLine().execute(arguments));
    }

    /** The server takes no options, and picocli is a tenth of its start: its classes are too old for an AOT cache. */
    private static boolean isServer(String... arguments) {
        return arguments.length == 0 || (arguments.length == 1 && arguments[0].equals("serve"));
    }

    private static int serve() {
        try {
            return new ServeCommand().call();
        } catch (RuntimeException surprise) {
            // As picocli does with what a verb throws.
            surprise.printStackTrace();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Sealpost " + Main.class.getPackage().getImplementationVersion()};
        }
    }

    /** All verbs, as {@link #main} runs them. */
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    /** Without a verb: serve. */
    @Override
    public Integer call() {
        return new ServeCommand().call();
    }
}

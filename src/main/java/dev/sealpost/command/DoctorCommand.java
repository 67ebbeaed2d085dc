package dev.sealpost.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at everything that a server needs, and says what to do about what is wrong. */
@Command(
        name = "doctor",
        description = {
            "Check settings, data directory, certificate, records in the DNS, database, broker and mailboxes. Changes nothing"
                    + " but the tables, which are brought up to date.",
            "Exit code 1 when something is wrong."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final int SOMETHING_WRONG = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private boolean wrong;

    @Override
    public Integer call() {
        try {
            EffectiveSettings.read();
            tell(Finding.fine("settings", "each is known and has a value that is allowed"));
        } catch (SettingException refused) {
            tell(Finding.wrong(
                    "settings", String.valueOf(refused.getMessage()), "sealpost config prints what is set and where"));
            return SOMETHING_WRONG;
        }
        int exit = CommandRun.run(Duration.ZERO, () -> {
            Examination examination = CommandRun.part(Examination.class);
            Stream.<Callable<List<Finding>>>of(
                            examination::disk,
                            examination::certificate,
                            examination::database,
                            examination::broker,
                            examination::mailboxes,
                            examination::records)
                    .forEach(this::tellAll);
            return wrong ? SOMETHING_WRONG : 0;
        });
        if (exit != 0 && !wrong) {
            tell(Finding.wrong("start", "the program did not start, see above", "repair what it says, and ask again"));
        }
        return exit;
    }

    private void tellAll(Callable<List<Finding>> look) {
        try {
            look.call().forEach(this::tell);
        } catch (Exception e) {
            tell(Finding.wrong("doctor", String.valueOf(e), "this should not happen; please report it"));
        }
    }

    private void tell(Finding finding) {
        wrong |= !finding.fine();
        PrintWriter out = spec.commandLine().getOut();
        out.println(finding.text());
        out.flush();
    }
}

package dev.sealpost.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the settings as a server would have them. */
@Command(
        name = "config",
        description = {
            "Print the settings that a server started here would have, with secrets hidden, and where each comes from.",
            "Exit code 2 when one is wrong."
        },
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
    private static final int WRONG_SETTINGS = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            PrintWriter out = spec.commandLine().getOut();
            List<List<String>> rows = EffectiveSettings.read().all().stream()
                    .map(setting ->
                            List.of(setting.name(), Escaped.line(setting.value()), Escaped.line(setting.source())))
                    .toList();
            Escaped.table(rows).forEach(out::println);
            out.flush();
            return 0;
        } catch (SettingException wrong) {
            Progress.say(String.valueOf(wrong.getMessage()));
            return WRONG_SETTINGS;
        }
    }
}

package dev.sealpost.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sealpost.intake.upload.ImportRun;
import dev.sealpost.intake.upload.Importer;
import dev.sealpost.store.ImportRow;
import dev.sealpost.store.Imports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports files and folders through the same door as everything else. */
@Command(
        name = "import",
        description = {
            "Imports reports from files and folders: JSON, JSON Lines, gzip, zip, mails, mbox, Maildir, tar, and the"
                    + " smtp_tls JSON of parsedmarc, in each other too. Importing the same again stores nothing twice.",
            "Exit code 1 when something was quarantined or skipped."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private static final String STDIN = "-";
    private static final int NOT_ALL = 1;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "files and folders; - is the standard input")
    private List<String> paths = List.of();

    @Option(names = "--json", description = "the summary as one JSON object, with the names of the API")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        for (String path : paths) {
            if (!path.equals(STDIN) && !Files.exists(Path.of(path))) {
                throw new ParameterException(spec.commandLine(), "There is no file or folder " + path);
            }
        }
        return CommandRun.run(this::work);
    }

    private int work() throws InterruptedException {
        Importer importer = CommandRun.part(Importer.class);
        Imports imports = CommandRun.part(Imports.class);
        Clock clock = CommandRun.part(Clock.class);
        ImportRow row = importer.create("cli:" + System.getProperty("user.name", ""), null, total());
        imports.save(row);
        ImportRun run = importer.begin(row);
        ImportProgress progress = new ImportProgress(run, row.total());
        try {
            for (String path : paths) {
                read(path, run);
            }
            run.finish();
        } finally {
            progress.finish();
        }
        imports.save(row.finished(run.counts(), clock.instant(), ""));
        // Without an aggregator anywhere the summary says what is still under way.
        boolean all = CommandRun.awaitTables();
        if (!all) {
            Progress.say("Nobody stores what is on the topic now; a server will");
        }
        ImportSummary summary = new ImportSummary(row.id().toString(), run.counts(), imports.outcome(row.source()));
        run.notes().forEach(note -> Progress.say("not imported: " + note));
        if (json) {
            summary.printJson(spec.commandLine().getOut());
        } else {
            summary.print(spec.commandLine().getOut());
        }
        return summary.quarantined() + summary.skipped() > 0 ? NOT_ALL : 0;
    }

    private static void read(String path, ImportRun run) throws InterruptedException {
        if (path.equals(STDIN)) {
            run.read(System.in, "stdin");
            return;
        }
        ImportFiles.walk(Path.of(path), new ImportFiles.Taker() {
            @Override
            public void take(Path file, long bytes) throws InterruptedException {
                ImportFiles.read(file, run);
            }

            @Override
            public void unreadable(Path file) {
                run.unreadable(file.toString());
            }
        });
    }

    private long total() throws InterruptedException {
        long[] total = new long[1];
        for (String path : paths) {
            if (path.equals(STDIN)) {
                return -1;
            }
            ImportFiles.walk(Path.of(path), new ImportFiles.Taker() {
                @Override
                public void take(Path file, long bytes) {
                    total[0] += bytes;
                }

                @Override
                public void unreadable(Path file) {
                    // Counted when it is its turn.
                }
            });
        }
        return total[0];
    }
}

package dev.sealpost.command;

import java.io.Console;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.sealpost.intake.upload.ImportRun;
import dev.sealpost.store.ImportCounts;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows on stderr how far an import is: a bar on a terminal, else a line now and then. */
final class ImportProgress {
    private static final long BAR_MILLIS = 200;
    private static final long LINE_MILLIS = 10_000;

    private final ImportRun run;
    private final @Nullable ProgressBar bar;
    private final Thread ticker;

    /** @param total bytes to read; -1 if unknown */
    ImportProgress(ImportRun run, long total) {
        this.run = run;
        this.bar = onTerminal() ? bar(total) : null;
        this.ticker = Thread.ofVirtual().name("progress").start(this::show);
    }

    private static boolean onTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static ProgressBar bar(long total) {
        return new ProgressBarBuilder()
                .setTaskName("Import")
                .setInitialMax(total)
                .setUnit(" MiB", 1 << 20)
                .setStyle(ProgressBarStyle.ASCII)
                .continuousUpdate()
                .build();
    }

    private void show() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(bar == null ? LINE_MILLIS : BAR_MILLIS);
                update();
            }
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    private void update() {
        ImportCounts counts = run.counts();
        String text = counts.read() + " read, " + counts.accepted() + " accepted"
                + (run.isWaiting() ? ", waiting for the broker" : "");
        if (bar == null) {
            Progress.say((counts.bytes() >> 20) + " MiB, " + text);
        } else {
            bar.stepTo(counts.bytes());
            bar.setExtraMessage(text);
        }
    }

    /** Shows the end. */
    void finish() throws InterruptedException {
        ticker.interrupt();
        ticker.join();
        if (bar != null) {
            update();
            bar.close();
        }
    }
}

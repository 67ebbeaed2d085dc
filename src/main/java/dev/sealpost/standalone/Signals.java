package dev.sealpost.standalone;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that the Java API does not know. */
enum Signals {
    /** PostgreSQL's fast shutdown: sessions are ended, a checkpoint is written. */
    INT,
    /** PostgreSQL's immediate shutdown: as after a crash, recovered at the next start. */
    QUIT;

    void send(long pid) throws IOException {
        // A builtin of every shell, where a program of that name may be missing.
        Process process = new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

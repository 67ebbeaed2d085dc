package dev.sealpost.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A verb of the packaged product that ran to its end.
 *
 * @param out its stdout
 * @param err its stderr
 */
record Verb(int exitCode, String out, String err) {
    private static final int PATIENCE_SECONDS = 180;

    /** Runs a verb on a data directory. */
    static Verb run(Path data, Map<String, String> environment, String... arguments) {
        try {
            Path out = Files.createTempFile(data.getParent(), "verb", ".out");
            Path err = Files.createTempFile(data.getParent(), "verb", ".err");
            ProcessBuilder builder = new ProcessBuilder(Program.command(arguments))
                    .directory(data.getParent().toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("SEALPOST_DATA_DIR", data.toString());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("did not end: " + Files.readString(err));
            }
            return new Verb(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

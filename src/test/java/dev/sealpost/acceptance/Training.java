package dev.sealpost.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Lives once as a server, so that the tests' processes begin with its classes loaded and linked: half a minute saves minutes. */
public final class Training {
    private Training() {}

    /** Makes {@link Program#cache} if it is not newer than the program. */
    public static void main(String[] arguments) throws IOException {
        Path cache = Objects.requireNonNull(Program.cache());
        if (Files.exists(cache)
                && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(Program.jar())) > 0) {
            return;
        }
        Files.deleteIfExists(cache);
        System.setProperty("sealpost.training", "true");
        Path data = SharedSealpost.temporaryDirectory().resolve("data");
        try (SealpostProcess sealpost = SealpostProcess.start(data)) {
            sealpost.post(Reports.report("Training", "1", "training.example", "2026-11-01", 1, 1));
            sealpost.get("/api/v1/failures");
            sealpost.getManagement("/q/metrics");
            // The cache is written by a second process, which the first one waits for.
            sealpost.terminate(120);
        }
        if (!Files.exists(cache)) {
            throw new IllegalStateException("no cache was made");
        }
    }
}

package dev.sealpost.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One running product for all tests that only talk to it; each takes domains of its own. */
final class SharedSealpost {
    private static final class Holder {
        static final SealpostProcess RUNNING = start();
    }

    private SharedSealpost() {}

    static SealpostProcess get() {
        return Holder.RUNNING;
    }

    private static SealpostProcess start() {
        SealpostProcess started = SealpostProcess.start(temporaryDirectory().resolve("data"));
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        return started;
    }

    /** A new directory below the build's own, so that it goes with it. */
    static Path temporaryDirectory() {
        try {
            Path parent = Path.of("target", "acceptance").toAbsolutePath();
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, "it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.sealpost.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A place for a data directory that nobody wants to keep.
 *
 * @param path absolute, new, open to its owner only
 */
public record ThrowAwayDirectory(Path path) {
    private static final int TRIES = 10;
    private static final long PAUSE_MILLIS = 200;

    /**
     * Makes one where the system keeps temporary files.
     *
     * @param prefix what its name begins with
     */
    public static ThrowAwayDirectory create(String prefix) throws IOException {
        return new ThrowAwayDirectory(Files.createTempDirectory(prefix).toRealPath());
    }

    /**
     * Removes it with all that is in it, within some seconds: what has just ended may still write there.
     *
     * @return false if something is left
     */
    public boolean remove() {
        for (int i = 0; i < TRIES; i++) {
            try {
                OwnerOnly.deleteTree(path);
                return true;
            } catch (IOException | UncheckedIOException busy) {
                pause();
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

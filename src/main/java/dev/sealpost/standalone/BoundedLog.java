package dev.sealpost.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;

/** Copies the output of a process into a file and keeps one older file, so that it never grows past twice its limit. */
final class BoundedLog {
    private static final long LIMIT = 1 << 20;
    private static final int TAIL_LINES = 8;

    private final Path file;
    private final Deque<String> tail = new ArrayDeque<>();

    BoundedLog(Path file) {
        this.file = file;
    }

    /** Copies on a thread of its own until the process closes its end. */
    void follow(InputStream output) {
        Thread.ofVirtual().name("postgres-log").start(() -> copy(output));
    }

    /** The last lines, for the message of a start that failed. */
    synchronized String tail() {
        return String.join("\n", tail);
    }

    private void copy(InputStream output) {
        try (var lines = new java.io.BufferedReader(new java.io.InputStreamReader(output, UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                keep(line);
            }
        } catch (IOException e) {
            remember("The log of PostgreSQL ends here: " + e);
        }
    }

    private void keep(String line) {
        remember(line);
        try {
            if (Files.exists(file) && Files.size(file) > LIMIT) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            try (FileChannel channel = OwnerOnly.open(file)) {
                channel.write(ByteBuffer.wrap((line + "\n").getBytes(UTF_8)), channel.size());
            }
        } catch (IOException e) {
            // A full disk costs the log its lines; the reader goes on, or PostgreSQL would block on its output.
            remember(e.toString());
        }
    }

    private synchronized void remember(String line) {
        tail.addLast(line);
        if (tail.size() > TAIL_LINES) {
            tail.removeFirst();
        }
    }
}

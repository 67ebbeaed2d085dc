package dev.sealpost.intake.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import jakarta.inject.Singleton;

import dev.sealpost.http.Problem;

/** The files of uploads that are not read yet: one directory an import. Names are our own, never the client's. */
@Singleton
class UploadedFiles {
    private static final int BUFFER = 64 << 10;

    private final Path root;
    private final long limit;

    UploadedFiles(ImportsConfig config) {
        this.root = config.directory();
        this.limit = config.maxBytes().asLongValue();
    }

    /**
     * Keeps a body.
     *
     * @return its bytes
     * @throws dev.sealpost.http.ProblemException if it is too large
     */
    long keep(UUID id, InputStream body) throws IOException {
        Path file = Files.createDirectories(directory(id)).resolve("0");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            long kept = 0;
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                kept += count;
                if (kept > limit) {
                    throw Problem.of(413, "too-large", "a body may have " + limit + " bytes here")
                            .exception();
                }
                out.write(buffer, 0, count);
            }
            return kept;
        }
    }

    /** Takes over a part of a form, which the framework has put into a file. */
    void keep(UUID id, int number, Path uploaded, String name) throws IOException {
        // All that a name is good for: it tells a single mail from an mbox.
        String suffix = name.toLowerCase(Locale.ROOT).endsWith(".eml") ? ".eml" : "";
        Files.move(uploaded, Files.createDirectories(directory(id)).resolve(number + suffix));
    }

    /** The files of an import, in their order. */
    List<Path> of(UUID id) throws IOException {
        try (Stream<Path> files = Files.list(directory(id))) {
            return files.sorted().toList();
        }
    }

    /** The imports whose files are here. */
    List<UUID> all() throws IOException {
        Files.createDirectories(root);
        try (Stream<Path> directories = Files.list(root)) {
            return directories
                    .map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.length() == 36)
                    .map(UUID::fromString)
                    .toList();
        }
    }

    /** Removes the files of an import. */
    void remove(UUID id) throws IOException {
        if (Files.isDirectory(directory(id))) {
            for (Path file : of(id)) {
                Files.delete(file);
            }
            Files.delete(directory(id));
        }
    }

    private Path directory(UUID id) {
        return root.resolve(id.toString());
    }
}

package dev.sealpost.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import dev.sealpost.intake.upload.ImportRun;

/**
 * Walks the files below a path. Symbolic links inside of folders are not followed and hidden files are passed over. Of a
 * Maildir (a folder with cur and new) only the mails are read, and those of the folders in it (Maildir++).
 */
final class ImportFiles {
    private ImportFiles() {}

    /** What is done with a file. */
    interface Taker {
        void take(Path file, long bytes) throws InterruptedException;

        void unreadable(Path file);
    }

    /** Hands a file to the import, or counts that it cannot be opened. */
    static void read(Path file, ImportRun run) throws InterruptedException {
        try (InputStream in = Files.newInputStream(file)) {
            run.read(in, file.toString());
        } catch (IOException cannotOpen) {
            run.unreadable(file.toString());
        }
    }

    /** Passes every file on, in the order of the file system. */
    static void walk(Path path, Taker taker) throws InterruptedException {
        Visitor visitor = new Visitor(taker);
        try {
            // The path itself may be a link; what is below it is not followed.
            Files.walkFileTree(Files.isDirectory(path) ? path.toRealPath() : path, visitor);
        } catch (IOException e) {
            taker.unreadable(path);
        }
        if (visitor.interrupted) {
            throw new InterruptedException();
        }
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Taker taker;
        private boolean interrupted;
        private boolean below;

        Visitor(Taker taker) {
            this.taker = taker;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean first = !below;
            below = true;
            Path parent = directory.getParent();
            if (first || parent == null || !isMaildir(parent)) {
                return FileVisitResult.CONTINUE;
            }
            String name = String.valueOf(directory.getFileName());
            boolean mails = name.equals("cur") || name.equals("new") || isMaildir(directory);
            return mails ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean hidden = below && String.valueOf(file.getFileName()).startsWith(".");
            Path parent = file.getParent();
            boolean index = below && parent != null && isMaildir(parent);
            if (hidden || index || (below && !attributes.isRegularFile())) {
                return FileVisitResult.CONTINUE;
            }
            try {
                taker.take(file, attributes.size());
                return FileVisitResult.CONTINUE;
            } catch (InterruptedException e) {
                interrupted = true;
                return FileVisitResult.TERMINATE;
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            taker.unreadable(file);
            return FileVisitResult.CONTINUE;
        }

        private static boolean isMaildir(Path directory) {
            return Files.isDirectory(directory.resolve("cur")) && Files.isDirectory(directory.resolve("new"));
        }
    }
}

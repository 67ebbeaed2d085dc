package dev.sealpost.intake.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

/** The spool's place on the disk: for its owner only, and for one process at a time. */
final class SpoolDirectory implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SpoolDirectory.class);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;
    private final FileChannel lock;
    private final FileStore disk;

    private SpoolDirectory(Path path, FileChannel lock, FileStore disk) {
        this.path = path;
        this.lock = lock;
        this.disk = disk;
    }

    /**
     * Creates the directory where needed and locks it.
     *
     * @throws IllegalStateException if it is another process's, a symbolic link or no directory, with words for people
     */
    static SpoolDirectory open(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.notExists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(absolute, DIRECTORY);
        }
        if (!Files.isDirectory(absolute, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalStateException("sealpost.intake.spool.directory: " + absolute
                    + " is no directory or a symbolic link; name the directory itself");
        }
        FileChannel lock = FileChannel.open(
                absolute.resolve("lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                OWNER_ONLY);
        if (lock.tryLock() == null) {
            lock.close();
            throw new IllegalStateException("sealpost.intake.spool.directory: " + absolute
                    + " is in use by another process; each intake has a spool of its own");
        }
        if (!Files.getOwner(absolute).equals(Files.getOwner(absolute.resolve("lock")))) {
            lock.close();
            throw new IllegalStateException(
                    "sealpost.intake.spool.directory: " + absolute + " belongs to another user");
        }
        Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
        return new SpoolDirectory(absolute, lock, Files.getFileStore(absolute));
    }

    Path path() {
        return path;
    }

    /** The segments there, oldest first; what else there is stays as it is, and is named in the log. */
    List<SegmentFile> segments() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.flatMap(file -> segment(file).stream())
                    .sorted(SegmentFile.OLDEST_FIRST)
                    .toList();
        }
    }

    private Optional<SegmentFile> segment(Path file) {
        Optional<SegmentFile> segment = SegmentFile.of(file);
        if (segment.isPresent() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return segment;
        }
        String name = String.valueOf(file.getFileName());
        if (!name.equals("lock") && !name.equals(SetAsideFiles.DIRECTORY)) {
            LOG.warnf("left alone in the spool, no segment: %s", name.replaceAll("[^ -~]", "?"));
        }
        return Optional.empty();
    }

    /** Creates a file; its name is durable when this returns. */
    FileChannel create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                OWNER_ONLY);
        try {
            sync(file.resolveSibling("."));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Creates a directory in it. */
    void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, DIRECTORY);
        sync(path);
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel names = FileChannel.open(directory)) {
            names.force(true);
        }
    }

    /** Bytes that this process may still write to the disk. */
    long free() throws IOException {
        return disk.getUsableSpace();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

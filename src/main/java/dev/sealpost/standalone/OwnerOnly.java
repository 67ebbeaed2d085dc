package dev.sealpost.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.sun.security.auth.module.UnixSystem;

/** Files and directories that only their owner may touch, whatever the umask. */
final class OwnerOnly {
    static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?> NEW_FILE = PosixFilePermissions.asFileAttribute(FILE);
    private static final FileAttribute<?> NEW_DIRECTORY = PosixFilePermissions.asFileAttribute(DIRECTORY);

    private OwnerOnly() {}

    /** The user that this process acts as; 0 is root. */
    static long userId() {
        return new UnixSystem().getUid();
    }

    /** Creates the directory, or takes an existing one of ours and closes it to others. */
    static Path directory(Path path) throws IOException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(path, NEW_DIRECTORY);
        }
        requireOurs(path);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new DataDirectoryException(path + " is not a directory");
        }
        if (!Files.getPosixFilePermissions(path).equals(DIRECTORY)) {
            Files.setPosixFilePermissions(path, DIRECTORY);
        }
        return path;
    }

    /** Opens a file for reading and writing, creating it when it is not there. */
    static FileChannel open(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            requireOurs(path);
            Files.setPosixFilePermissions(path, FILE);
        }
        return FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                NEW_FILE);
    }

    /** The text of a file of ours. */
    static String read(Path path) throws IOException {
        requireOurs(path);
        return Files.readString(path);
    }

    /** Replaces a file as a whole: after a power cut either the old or the new text is there. */
    static void write(Path path, String text) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel = open(next)) {
            channel.truncate(0);
            ByteBuffer bytes = UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        move(next, path);
    }

    /** Renames so that the new name survives a power cut. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(to.toAbsolutePath().resolveSibling("."))) {
            directory.force(true);
        }
    }

    /** Deletes a directory with all that is in it, if it is there; symbolic links are not followed. */
    static void deleteTree(Path tree) throws IOException {
        if (Files.notExists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(tree)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    /** Refuses what another user could have placed to lead our writes elsewhere. */
    static void requireOurs(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new DataDirectoryException(path + " is a symbolic link; name the place itself");
        }
        long owner = ((Number) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
        if (owner != userId()) {
            throw new DataDirectoryException(path + " belongs to user id " + owner + ", and this process runs as "
                    + userId() + "; give it to that user, or choose a directory (a new one below it, say) of its own");
        }
    }
}

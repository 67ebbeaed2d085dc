package dev.sealpost.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** The one directory that holds what the process keeps. It belongs to one process at a time and to no other user. */
public final class DataDirectory implements AutoCloseable {
    private static final int SECRET_BYTES = 32;

    /** A process loses its POSIX lock when it closes any channel of the file, so none is opened while one is held. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private boolean closed;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the directory where needed (0700, parents included) and locks it until {@link #close()}.
     *
     * @throws DataDirectoryInUseException when another process works in it
     * @throws DataDirectoryException when it is a symbolic link, another user's, or cannot be written
     */
    public static DataDirectory open(Path path) {
        Umask.ownerOnly();
        try {
            Path absolute = path.toAbsolutePath().normalize();
            @Nullable Path parent = absolute.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            OwnerOnly.directory(absolute);
            Path real = absolute.toRealPath();
            if (!HELD.add(real)) {
                throw new DataDirectoryInUseException(
                        real, ProcessHandle.current().pid() + " (this one)");
            }
            try {
                return new DataDirectory(real, lock(real));
            } catch (IOException | RuntimeException e) {
                HELD.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw new DataDirectoryException("Cannot use the data directory " + path + ": " + e, e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = OwnerOnly.open(directory.resolve("lock"));
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                ByteBuffer holder = ByteBuffer.allocate(20);
                channel.read(holder, 0);
                throw new DataDirectoryInUseException(
                        directory, UTF_8.decode(holder.flip()).toString().strip());
            }
            channel.truncate(0);
            channel.write(UTF_8.encode(ProcessHandle.current().pid() + "\n"), 0);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The directory, absolute and without symbolic links. */
    public Path path() {
        return path;
    }

    /**
     * A secret of 256 random bits in base64url that lives in the file of this name (0600), made when first asked for.
     *
     * @throws DataDirectoryException when the file is empty, a symbolic link, another user's, or cannot be written
     */
    public synchronized String secret(String name) {
        Path file = path.resolve(name);
        try {
            if (Files.notExists(file) && !Files.isSymbolicLink(file)) {
                OwnerOnly.write(file, randomSecret() + "\n");
            }
            String secret = OwnerOnly.read(file).strip();
            if (secret.isEmpty()) {
                throw new DataDirectoryException(file + " is empty; remove it to have a new one made");
            }
            return secret;
        } catch (IOException e) {
            throw new DataDirectoryException("Cannot read or write " + file + ": " + e, e);
        }
    }

    static String randomSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Lets another process use the directory. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD.remove(path);
        }
    }
}

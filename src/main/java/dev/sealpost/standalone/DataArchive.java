package dev.sealpost.standalone;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** A data directory as one file. Whoever holds the directory's lock knows that nothing in it changes meanwhile. */
public final class DataArchive {
    private static final String LOCK = "lock";

    /** Programs, which the next start unpacks again. */
    private static final String PROGRAMS = "postgres/bin-";

    private static final Set<String> LEFT_BY_A_KILL = Set.of("postmaster.pid", "postmaster.opts");

    private DataArchive() {}

    /**
     * Writes a gzipped tar that is durable when this returns (0600).
     *
     * @param file must not be there
     * @throws DataDirectoryException when it cannot be written
     */
    public static void write(DataDirectory data, Path file) {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OwnerOnly.FILE))) {
            TarArchiveOutputStream tar = new TarArchiveOutputStream(
                    new GZIPOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel))));
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (Path path : content(data.path())) {
                add(data.path(), path, tar);
            }
            tar.finish();
            tar.flush();
            channel.force(true);
            tar.close();
        } catch (IOException e) {
            throw new DataDirectoryException("Cannot write " + file + ": " + e, e);
        }
    }

    private static List<Path> content(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> belongs(directory.relativize(path).toString()))
                    .sorted()
                    .toList();
        }
    }

    private static boolean belongs(String name) {
        return !name.isEmpty()
                && !name.equals(LOCK)
                && !name.startsWith(PROGRAMS)
                && !LEFT_BY_A_KILL.contains(name.substring(name.lastIndexOf('/') + 1));
    }

    private static void add(Path root, Path path, TarArchiveOutputStream tar) throws IOException {
        boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        // Sockets are made anew.
        if (!directory && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        TarArchiveEntry entry = new TarArchiveEntry(path, root.relativize(path).toString(), LinkOption.NOFOLLOW_LINKS);
        tar.putArchiveEntry(entry);
        if (!directory) {
            Files.copy(path, tar);
        }
        tar.closeArchiveEntry();
    }

    /**
     * Unpacks what {@link #write} wrote.
     *
     * @param into holds nothing but its lock
     * @throws DataDirectoryException when it holds something, or the file is none of ours
     */
    public static void read(Path file, DataDirectory into) {
        try {
            try (Stream<Path> present = Files.list(into.path())) {
                if (present.anyMatch(path -> !path.getFileName().toString().equals(LOCK))) {
                    throw new DataDirectoryException(into.path()
                            + " is not empty; restore into an empty or new directory" + " (SEALPOST_DATA_DIR)");
                }
            }
            try (InputStream in = Files.newInputStream(file);
                    TarArchiveInputStream tar =
                            new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(in)))) {
                unpack(tar, into.path());
            }
        } catch (NoSuchFileException e) {
            throw new DataDirectoryException("There is no file " + file, e);
        } catch (IOException e) {
            throw new DataDirectoryException("Cannot restore " + file + ": " + e, e);
        }
    }

    private static void unpack(TarArchiveInputStream tar, Path into) throws IOException {
        @Nullable TarArchiveEntry entry;
        while ((entry = tar.getNextEntry()) != null) {
            Path target = into.resolve(entry.getName()).normalize();
            if (!target.startsWith(into) || target.equals(into)) {
                throw new IOException("entry outside of the directory: " + entry.getName());
            }
            if (entry.isDirectory()) {
                OwnerOnly.directory(target);
            } else if (entry.isFile()) {
                try (FileChannel channel = OwnerOnly.open(target);
                        OutputStream out = Channels.newOutputStream(channel)) {
                    tar.transferTo(out);
                    channel.force(true);
                }
            } else {
                throw new IOException("entry that is no file: " + entry.getName());
            }
        }
    }
}

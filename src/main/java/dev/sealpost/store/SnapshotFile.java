package dev.sealpost.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

import org.jboss.logging.Logger;

/**
 * What a door has to know when the database is away, in a file that only its owner may read. Replaced as a whole, with a
 * checksum; a file that is missing, damaged or of another version is none.
 */
public final class SnapshotFile {
    private static final Logger LOG = Logger.getLogger(SnapshotFile.class);

    /** "SEAL", then the kind, the number of bytes, their checksum, and the bytes. */
    private static final int MAGIC = 0x5345_414c;

    private static final int HEADER = 4 + 4 + 4 + 8;
    private static final int MAX_BYTES = 256 << 20;

    private final Path path;
    private final int kind;

    /**
     * @param kind what is in it and in which form; raise it with the form
     */
    public SnapshotFile(Path path, int kind) {
        this.path = path;
        this.kind = kind;
    }

    /** Writes the content. */
    @FunctionalInterface
    public interface Writer {
        void to(DataOutputStream out) throws IOException;
    }

    /** Reads the content. */
    @FunctionalInterface
    public interface Reader<T> {
        T from(DataInputStream in) throws IOException;
    }

    /** Replaces the file; after a power cut either the old or the new content is there. */
    public void write(Writer content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.to(new DataOutputStream(bytes));
        byte[] body = bytes.toByteArray();
        ByteBuffer header =
                ByteBuffer.allocate(HEADER).putInt(MAGIC).putInt(kind).putInt(body.length);
        header.putLong(checksum(body)).flip();
        Path next = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(next);
        try (FileChannel channel = FileChannel.open(
                next,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            writeAll(channel, header);
            writeAll(channel, ByteBuffer.wrap(body));
            channel.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(path.toAbsolutePath().resolveSibling("."))) {
            directory.force(true);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The content; empty if there is none to trust. */
    public <T> Optional<T> read(Reader<T> content) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                DataInputStream in = new DataInputStream(java.nio.channels.Channels.newInputStream(channel))) {
            if (channel.size() < HEADER || in.readInt() != MAGIC || in.readInt() != kind) {
                return damaged("it is of another kind");
            }
            int length = in.readInt();
            long checksum = in.readLong();
            if (length < 0 || length > MAX_BYTES || length != channel.size() - HEADER) {
                return damaged("its length is wrong");
            }
            byte[] body = in.readNBytes(length);
            if (body.length != length || checksum(body) != checksum) {
                return damaged("its checksum is wrong");
            }
            return Optional.of(content.from(new DataInputStream(new ByteArrayInputStream(body))));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            return damaged(String.valueOf(e.getMessage()));
        }
    }

    private <T> Optional<T> damaged(String why) {
        LOG.warnf("%s is not used: %s", path.getFileName(), why);
        return Optional.empty();
    }

    private static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}

package dev.sealpost.intake.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.jboss.logging.Logger;

/** Appends to one segment. After a failure it is of no use any more: what the disk holds then is not known. */
final class SegmentWriter implements AutoCloseable {
    /** Small, since the JDK would copy a large array into native memory of the same size. */
    private static final int CHUNK_BYTES = 256 << 10;

    private static final int PROBE_BYTES = 4 << 10;
    private static final Logger LOG = Logger.getLogger(SegmentWriter.class);

    private final SegmentFile file;
    private final FileChannel channel;
    private final ByteBuffer chunk;
    private long next;
    private long written;

    /** Creates the file; it and its name are durable when this returns. */
    SegmentWriter(SpoolDirectory directory, SegmentFile file) throws IOException {
        this.file = file;
        this.channel = directory.create(file.path());
        this.chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        this.next = file.first();
    }

    /** Appends records; they are durable when this returns. */
    void append(List<byte[]> payloads) throws IOException {
        for (byte[] payload : payloads) {
            ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
            Frame.write(header, file.marker(), next, payload);
            next++;
            put(header.flip());
            put(ByteBuffer.wrap(payload));
        }
        flush();
        channel.force(false);
        written = channel.position();
    }

    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!chunk.hasRemaining()) {
                flush();
            }
            int count = Math.min(chunk.remaining(), bytes.remaining());
            chunk.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
        }
    }

    private void flush() throws IOException {
        chunk.flip();
        while (chunk.hasRemaining()) {
            channel.write(chunk);
        }
        chunk.clear();
    }

    SegmentFile file() {
        return file;
    }

    /** The number that the next record gets. */
    long next() {
        return next;
    }

    /** Bytes that are durable. */
    long written() {
        return written;
    }

    /** Takes away what may stand behind the durable bytes. */
    void cutToDurable() {
        try (FileChannel again = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            again.truncate(written);
        } catch (IOException stays) {
            LOG.warnf("the end of %s may be torn: %s", file.path().getFileName(), stays.getMessage());
        }
    }

    /** Writes, syncs and takes back what no reader ever sees. */
    void probe() throws IOException {
        chunk.clear().limit(PROBE_BYTES);
        while (chunk.hasRemaining()) {
            channel.write(chunk);
        }
        chunk.clear();
        channel.force(true);
        channel.truncate(written);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            LOG.warnf("closing %s: %s", file.path().getFileName(), failed.getMessage());
        }
    }
}

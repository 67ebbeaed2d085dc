package dev.sealpost.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Makes containers with right checksums, fast: what a fuzzer would never find by itself. */
final class Packing {
    private static final Deflater DEFLATER = new Deflater(Deflater.BEST_SPEED, true);
    private static final int ALL_HEADER_FIELDS = 2 | 4 | 8 | 16;

    private Packing() {}

    static byte[] gzip(byte[] content) {
        return gzip(content, 0, new byte[0]);
    }

    /** With an extra field, a name, a comment and a header checksum. */
    static byte[] gzipWithFields(byte[] content) {
        byte[] fields = {2, 0, 9, 9, 'n', 0, 'c', 0, 7, 7};
        return gzip(content, ALL_HEADER_FIELDS, fields);
    }

    private static byte[] gzip(byte[] content, int flags, byte[] fields) {
        byte[] data = deflate(content);
        return littleEndian(10 + fields.length + data.length + 8)
                .put(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 0, 0, 0, 0, 0, 0})
                .put(fields)
                .put(data)
                .putInt(crc(content))
                .putInt(content.length)
                .array();
    }

    /** The entries of a zip without its central directory, which the reader never looks at. */
    static byte[] zip(byte[]... entries) {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        for (int i = 0; i < entries.length; i++) {
            zip.writeBytes(entry(entries[i], i % 2 == 0));
        }
        return zip.toByteArray();
    }

    private static byte[] entry(byte[] content, boolean deflated) {
        byte[] data = deflated ? deflate(content) : content;
        return littleEndian(31 + data.length)
                .put(new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, (byte) (deflated ? 8 : 0), 0, 0, 0, 0, 0})
                .putInt(crc(content))
                .putInt(data.length)
                .putInt(content.length)
                .putShort((short) 1)
                .putShort((short) 0)
                .put((byte) 'e')
                .put(data)
                .array();
    }

    private static byte[] deflate(byte[] content) {
        byte[] packed = new byte[content.length + content.length / 1_000 + 64];
        DEFLATER.reset();
        DEFLATER.setInput(content);
        DEFLATER.finish();
        int length = DEFLATER.deflate(packed);
        Invariants.require(DEFLATER.finished(), "the buffer is too small");
        return Arrays.copyOf(packed, length);
    }

    private static int crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return (int) crc.getValue();
    }

    private static ByteBuffer littleEndian(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}

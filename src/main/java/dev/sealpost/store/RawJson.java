package dev.sealpost.store;

import java.util.Arrays;

import com.github.luben.zstd.Zstd;

/** The JSON of a report as the database keeps it: as it is, or as a Zstandard frame (RFC 8878) where that is shorter. */
final class RawJson {
    /** No JSON text begins so. */
    private static final byte[] FRAME = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

    private static final int LEVEL = 1;

    private RawJson() {}

    /** What is stored of a text. */
    static byte[] pack(byte[] json) {
        byte[] packed = Zstd.compress(json, LEVEL);
        return packed.length < json.length || isFrame(json) ? packed : json;
    }

    /** The text again, byte by byte. */
    static byte[] unpack(byte[] stored) {
        return isFrame(stored) ? Zstd.decompress(stored, Math.toIntExact(Zstd.getFrameContentSize(stored))) : stored;
    }

    private static boolean isFrame(byte[] bytes) {
        return bytes.length >= FRAME.length && Arrays.equals(bytes, 0, FRAME.length, FRAME, 0, FRAME.length);
    }
}

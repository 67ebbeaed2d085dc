package dev.sealpost.intake.upload;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * A stream whose beginning is known.
 *
 * @param head the first bytes
 * @param all everything, the head included; closing it frees what unpacks it and not what it is read from
 */
@SuppressWarnings("ArrayRecordComponent")
record Peeked(byte[] head, InputStream all) {
    /** Reads so many bytes ahead, or all there are. */
    static Peeked at(InputStream in, int bytes) throws IOException {
        byte[] head = in.readNBytes(bytes);
        return new Peeked(
                head,
                head.length < bytes
                        ? new ByteArrayInputStream(head)
                        : new SequenceInputStream(new ByteArrayInputStream(head), new Unclosed(in)));
    }

    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // Who opened it closes it.
        }
    }

    /** Whether the head is all there is, since it is not as long as was asked for. */
    boolean isWhole(int bytes) {
        return head.length < bytes;
    }
}

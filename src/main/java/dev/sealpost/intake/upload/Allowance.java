package dev.sealpost.intake.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** What one source may cost, however it is packed. Counts while it is read; one thread. */
final class Allowance {
    /** Entries of all archives in one source; honest ones have thousands. */
    static final long MAX_ENTRIES = 10_000_000;

    /** Text packs twenty to one; layers of zeros a million to one. */
    private static final long MAX_RATIO = 200;

    private static final long ALWAYS_ALLOWED = 1L << 30;

    private final LongConsumer progress;
    private long read;
    private long unpacked;
    private long entries;

    /** @param progress told how many more bytes of the source were read */
    Allowance(LongConsumer progress) {
        this.progress = progress;
    }

    /** The source itself. */
    InputStream source(InputStream in) {
        return new Counting(in) {
            @Override
            void count(long bytes) {
                read += bytes;
                progress.accept(bytes);
            }
        };
    }

    /** What comes out of a container that packs. */
    InputStream unpacked(InputStream in) {
        return new Counting(in) {
            @Override
            void count(long bytes) throws TooMuchException {
                unpacked += bytes;
                if (unpacked > ALWAYS_ALLOWED + MAX_RATIO * read) {
                    throw new TooMuchException("unpacks to more than " + MAX_RATIO + " times its size");
                }
            }
        };
    }

    /** One more entry of an archive. */
    void entry() throws TooMuchException {
        if (++entries > MAX_ENTRIES) {
            throw new TooMuchException("more than " + MAX_ENTRIES + " entries");
        }
    }

    /** Not closed from inside: who opened a stream closes it. */
    private abstract static class Counting extends FilterInputStream {
        Counting(InputStream in) {
            super(in);
        }

        abstract void count(long bytes) throws IOException;

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                count(1);
            }
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                count(count);
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            count(skipped);
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() {
            // See above.
        }
    }
}

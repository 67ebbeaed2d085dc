package dev.sealpost.intake.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads over all segments, oldest first, and removes those whose records have all been delivered. One thread. */
final class SpoolReader {
    private static final Logger LOG = Logger.getLogger(SpoolReader.class);

    private final Segments segments;
    private @Nullable SegmentReader reader;

    SpoolReader(Segments segments) {
        this.segments = segments;
    }

    /**
     * The next entries, at most so many and so many bytes; one at least unless there is none. Whoever asks again says by
     * that that all entries before are delivered.
     */
    List<SegmentReader.Entry> next(int entries, long bytes) {
        List<SegmentReader.Entry> batch = new ArrayList<>();
        long size = 0;
        while (batch.size() < entries && size < bytes) {
            SegmentReader.Entry entry = inSegment();
            if (entry != null) {
                batch.add(entry);
                size += size(entry);
            } else if (!batch.isEmpty() || !toNextSegment()) {
                break;
            }
        }
        return batch;
    }

    private static int size(SegmentReader.Entry entry) {
        return switch (entry) {
            case SegmentReader.Intact record -> record.payload().length;
            case SegmentReader.Damaged damaged -> damaged.bytes().length;
        };
    }

    private SegmentReader.@Nullable Entry inSegment() {
        if (reader == null) {
            return null;
        }
        try {
            return reader.next();
        } catch (IOException e) {
            LOG.errorf(
                    "cannot read %s, left for the next start: %s", reader.file().path(), e.toString());
            segments.skip(reader.file());
            close();
            return null;
        }
    }

    /** Whether there is another segment to read; the one before is removed. */
    private boolean toNextSegment() {
        if (reader != null) {
            if (!segments.removeIfRead(reader.file(), reader.position())) {
                return true;
            }
            close();
        }
        SegmentFile oldest = segments.oldest();
        if (oldest == null) {
            return false;
        }
        try {
            reader = new SegmentReader(oldest, () -> segments.durable(oldest));
        } catch (IOException e) {
            LOG.errorf("cannot open %s, left for the next start: %s", oldest.path(), e.toString());
            segments.skip(oldest);
        }
        return true;
    }

    void close() {
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException ignored) {
                LOG.debugf("closing %s: %s", reader.file().path(), ignored.getMessage());
            }
            reader = null;
        }
    }
}

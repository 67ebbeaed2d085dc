package dev.sealpost.report;

import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The tolerant reader: bytes as they come from a sender, in any container, to a {@link Report} or the reason why not.
 * What is inside is decided by the bytes alone, never by a label or file name. Thread safe, and meant to be shared:
 * it keeps a bounded pool of buffers. It throws nothing for any input.
 */
public final class ReportReader {
    /** Raise it with every change that reads something else out of the same bytes: stored reports can be read again then. */
    public static final int VERSION = 1;

    private static final int POOL_SIZE = 2 * Runtime.getRuntime().availableProcessors();

    private final Limits limits;
    private final WorkspacePool pool = new WorkspacePool(POOL_SIZE);
    private final JsonReports json;

    /** A reader that holds every input to these limits. */
    public ReportReader(Limits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.json = new JsonReports(limits);
    }

    /** Reads one input; the array is not kept or changed. */
    public Reading read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    /** Reads one input from a part of the array, which is not kept or changed. */
    public Reading read(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return read(bytes, offset, offset + length, new Budget(limits.maxJsonBytes()));
    }

    /**
     * Reads one input if it is small, which bounds what it costs to find out; the array is not kept or changed.
     *
     * @param most unpacked bytes of all layers and members together
     * @return what {@link #read(byte[])} returns; null if that would have to unpack more
     */
    public @Nullable Reading readSmall(byte[] bytes, int most) {
        return readSmall(bytes, 0, bytes.length, most);
    }

    /** Reads one input from a part of the array as {@link #readSmall(byte[], int)} does. */
    public @Nullable Reading readSmall(byte[] bytes, int offset, int length, int most) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        Budget budget = new Budget(Math.min(most, limits.maxJsonBytes()));
        Reading reading = read(bytes, offset, offset + length, budget);
        return budget.isExceeded() ? null : reading;
    }

    private Reading read(byte[] bytes, int start, int end, Budget budget) {
        try {
            return open(bytes, start, end, 0, budget, FlagSet.none());
        } catch (Refused e) {
            return e.rejection();
        }
    }

    private Reading open(byte[] bytes, int start, int end, int layers, Budget budget, Set<Flag> flags) throws Refused {
        boolean gzip = Gzip.isGzip(bytes, start, end);
        if (!gzip && !Zip.isZip(bytes, start, end)) {
            if (layers == 0) {
                budget.spend(end - start);
            }
            return json.read(bytes, start, end, flags);
        }
        if (layers == limits.maxLayers()) {
            throw new Refused(Reason.TOO_DEEP, "more than " + limits.maxLayers() + " containers inside each other");
        }
        Workspace workspace = pool.acquire();
        try {
            return gzip
                    ? openGzip(bytes, start, end, layers, budget, flags, workspace)
                    : openZip(bytes, start, end, layers, budget, flags, workspace);
        } finally {
            pool.release(workspace);
        }
    }

    private Reading openGzip(
            byte[] bytes, int start, int end, int layers, Budget budget, Set<Flag> flags, Workspace workspace)
            throws Refused {
        int length = Gzip.unpack(bytes, start, end, workspace, budget, flags);
        if (layers > 0) {
            flags.add(Flag.GZIP_IN_GZIP);
        }
        return open(workspace.buffer, 0, length, layers + 1, budget, flags);
    }

    /** The first entry that is a report counts; without one, the first entry that looked like a report says why. */
    private Reading openZip(
            byte[] bytes, int start, int end, int layers, Budget budget, Set<Flag> flags, Workspace workspace)
            throws Refused {
        flags.add(Flag.ZIP);
        Rejection first = new Rejection(Reason.NOT_A_REPORT, "no entry of the zip is a report");
        try (Zip zip = new Zip(bytes, start, end, workspace, budget)) {
            for (int length = zip.next(); length >= 0; length = zip.next()) {
                Reading reading = openEntry(workspace, length, layers + 1, budget, flags);
                if (reading instanceof Readable) {
                    return reading;
                }
                if (first.reason() == Reason.NOT_A_REPORT && reading instanceof Rejection why && !isOther(why)) {
                    first = why;
                }
            }
        }
        return first;
    }

    private Reading openEntry(Workspace workspace, int length, int layers, Budget budget, Set<Flag> flags) {
        try {
            return open(workspace.buffer, 0, length, layers, budget, FlagSet.mutableCopy(flags));
        } catch (Refused e) {
            return e.rejection();
        }
    }

    private static boolean isOther(Rejection rejection) {
        return rejection.reason() == Reason.EMPTY || rejection.reason() == Reason.NOT_A_REPORT;
    }
}

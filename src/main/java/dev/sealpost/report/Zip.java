package dev.sealpost.report;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Walks the entries of a zip in the order of the bytes. The central directory is never looked at, so entries cannot
 * overlap, and declared sizes and names decide nothing.
 */
final class Zip implements AutoCloseable {
    private final ZipInputStream entries;
    private final Workspace workspace;
    private final Budget budget;
    private int count;

    Zip(byte[] bytes, int start, int end, Workspace workspace, Budget budget) {
        // ISO 8859-1 has a character for every byte, so no name is malformed.
        this.entries =
                new ZipInputStream(new ByteArrayInputStream(bytes, start, end - start), StandardCharsets.ISO_8859_1);
        this.workspace = workspace;
        this.budget = budget;
    }

    static boolean isZip(byte[] bytes, int start, int end) {
        return end - start >= 4
                && bytes[start] == 'P'
                && bytes[start + 1] == 'K'
                && ((bytes[start + 2] == 3 && bytes[start + 3] == 4)
                        || (bytes[start + 2] == 5 && bytes[start + 3] == 6));
    }

    /** Unpacks the next entry into the workspace's buffer and returns the number of bytes, or -1 after the last. */
    int next() throws Refused {
        try {
            if (entries.getNextEntry() == null) {
                return -1;
            }
            count++;
            budget.addZipEntry();
            return unpack();
        } catch (Refused e) {
            throw e;
        } catch (EOFException e) {
            throw new Refused(Reason.TRUNCATED, "zip ends too early");
        } catch (ZipException | IllegalArgumentException e) {
            throw new Refused(Reason.BAD_CHECKSUM, "damaged zip in entry " + count);
        } catch (IOException e) {
            throw new Refused(Reason.BAD_JSON, "unreadable zip");
        }
    }

    private int unpack() throws IOException {
        int unpacked = 0;
        while (true) {
            if (unpacked == workspace.buffer.length) {
                workspace.grow(budget.remaining());
            }
            int read = entries.read(workspace.buffer, unpacked, workspace.buffer.length - unpacked);
            if (read < 0) {
                budget.spend(unpacked);
                return unpacked;
            }
            unpacked += read;
            if (unpacked > budget.remaining()) {
                throw budget.exceeded();
            }
        }
    }

    @Override
    public void close() {
        try {
            entries.close();
        } catch (IOException e) {
            throw new IllegalStateException("a stream over an array cannot fail to close", e);
        }
    }
}

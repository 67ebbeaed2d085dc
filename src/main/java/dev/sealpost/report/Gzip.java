package dev.sealpost.report;

import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks gzip (RFC 1952): any number of members, checksums verified, bytes after the last member ignored. */
final class Gzip {
    private static final int FIXED_HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final byte DEFLATED = 8;
    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;

    private final byte[] bytes;
    private final int end;
    private final Workspace workspace;
    private final Budget budget;
    private int position;
    private int unpacked;

    private Gzip(byte[] bytes, int start, int end, Workspace workspace, Budget budget) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.workspace = workspace;
        this.budget = budget;
    }

    static boolean isGzip(byte[] bytes, int start, int end) {
        return end - start >= 2 && bytes[start] == 0x1f && bytes[start + 1] == (byte) 0x8b;
    }

    /** Unpacks into the workspace's buffer and returns the number of bytes there. */
    static int unpack(byte[] bytes, int start, int end, Workspace workspace, Budget budget, Set<Flag> flags)
            throws Refused {
        Gzip gzip = new Gzip(bytes, start, end, workspace, budget);
        int members = 0;
        do {
            budget.addGzipMember();
            if (++members > 1) {
                workspace.inflater.reset();
            }
            gzip.member();
        } while (gzip.atMember());
        if (members > 1) {
            flags.add(Flag.GZIP_MULTI_MEMBER);
        }
        if (gzip.position < end) {
            flags.add(Flag.GZIP_TRAILING_BYTES);
        }
        budget.spend(gzip.unpacked);
        return gzip.unpacked;
    }

    private boolean atMember() {
        return isGzip(bytes, position, end) && end - position > 2 && bytes[position + 2] == DEFLATED;
    }

    private void member() throws Refused {
        skipHeader();
        Inflater inflater = workspace.inflater;
        inflater.setInput(bytes, position, end - position);
        int start = unpacked;
        try {
            while (!inflater.finished()) {
                inflate(inflater);
            }
        } catch (DataFormatException e) {
            throw new Refused(Reason.BAD_CHECKSUM, "damaged gzip data near byte " + (end - inflater.getRemaining()));
        }
        position = end - inflater.getRemaining();
        verify(start);
    }

    private void inflate(Inflater inflater) throws DataFormatException, Refused {
        if (unpacked == workspace.buffer.length) {
            workspace.grow(budget.remaining());
        }
        int count = inflater.inflate(workspace.buffer, unpacked, workspace.buffer.length - unpacked);
        unpacked += count;
        if (unpacked > budget.remaining()) {
            throw budget.exceeded();
        }
        if (count == 0 && !inflater.finished()) {
            if (inflater.needsInput()) {
                throw truncated();
            }
            throw new Refused(Reason.BAD_CHECKSUM, "gzip data asks for a dictionary");
        }
    }

    private void verify(int start) throws Refused {
        if (end - position < TRAILER_BYTES) {
            throw truncated();
        }
        workspace.crc.reset();
        workspace.crc.update(workspace.buffer, start, unpacked - start);
        if ((int) workspace.crc.getValue() != littleEndian(position)) {
            throw new Refused(Reason.BAD_CHECKSUM, "gzip checksum does not match at byte " + position);
        }
        if (unpacked - start != littleEndian(position + 4)) {
            throw new Refused(Reason.BAD_CHECKSUM, "gzip size does not match at byte " + (position + 4));
        }
        position += TRAILER_BYTES;
    }

    /** Skips without keeping anything: name, comment and extra field are untrusted and unbounded. */
    private void skipHeader() throws Refused {
        require(FIXED_HEADER_BYTES);
        int flags = bytes[position + 3];
        if (bytes[position + 2] != DEFLATED) {
            throw new Refused(Reason.BAD_CHECKSUM, "unknown gzip method");
        }
        position += FIXED_HEADER_BYTES;
        if ((flags & FEXTRA) != 0) {
            require(2);
            int length = (bytes[position] & 0xff) | ((bytes[position + 1] & 0xff) << 8);
            position += 2;
            require(length);
            position += length;
        }
        if ((flags & FNAME) != 0) {
            skipText();
        }
        if ((flags & FCOMMENT) != 0) {
            skipText();
        }
        if ((flags & FHCRC) != 0) {
            require(2);
            position += 2;
        }
    }

    private void skipText() throws Refused {
        do {
            require(1);
        } while (bytes[position++] != 0);
    }

    private void require(int count) throws Refused {
        if (end - position < count) {
            throw truncated();
        }
    }

    private Refused truncated() {
        return new Refused(Reason.TRUNCATED, "gzip ends too early");
    }

    private int littleEndian(int at) {
        return (bytes[at] & 0xff)
                | ((bytes[at + 1] & 0xff) << 8)
                | ((bytes[at + 2] & 0xff) << 16)
                | ((bytes[at + 3] & 0xff) << 24);
    }
}

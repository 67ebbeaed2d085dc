package dev.sealpost.intake.upload;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/**
 * Walks the members of a tar in the order of the bytes. The library's own stream takes names and attributes of any length
 * into memory and makes sparse members as long as they claim to be, so only its reading of header fields is used.
 */
final class Tar {
    private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;
    private static final int SIZE_AT = 124;
    private static final int TYPE_AT = 156;
    private static final int EXTENDED_AT = 482;
    private static final int MORE_AT = 504;
    private static final int MAX_ATTRIBUTES = 1 << 20;
    private static final long MAX_SIZE = 1L << 50;

    private final InputStream in;
    private final Allowance allowance;
    private @Nullable Rest open;
    private Attributes attributes = Attributes.NONE;

    Tar(InputStream in, Allowance allowance) {
        this.in = in;
        this.allowance = allowance;
    }

    /**
     * One member.
     *
     * @param name cut to what the plain header holds
     * @param regular whether it is a file with content of its own
     * @param content ends with the member; a tar that ends before it is an {@link EOFException}
     */
    record Member(String name, boolean regular, InputStream content) {}

    /**
     * The next member that is no directory, or null after the last.
     *
     * @throws IOException if the tar ends too early or is broken
     */
    @Nullable
    Member next() throws IOException {
        while (true) {
            if (open != null) {
                open.finish();
                open = null;
            }
            byte[] header = in.readNBytes(BLOCK);
            if (header.length == 0 || isZero(header)) {
                return null;
            }
            if (!isHeader(header)) {
                throw new IOException("broken tar header");
            }
            allowance.entry();
            Member member = member(header);
            if (member != null) {
                return member;
            }
        }
    }

    private @Nullable Member member(byte[] header) throws IOException {
        byte type = header[TYPE_AT];
        long size = size(header);
        if (type == TarConstants.LF_PAX_EXTENDED_HEADER_LC || type == TarConstants.LF_PAX_EXTENDED_HEADER_UC) {
            attributes = attributes(size);
            return null;
        }
        if (type == TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER
                || type == TarConstants.LF_GNUTYPE_LONGNAME
                || type == TarConstants.LF_GNUTYPE_LONGLINK) {
            open = new Rest(size);
            return null;
        }
        Attributes own = attributes;
        attributes = Attributes.NONE;
        if (type == TarConstants.LF_GNUTYPE_SPARSE) {
            skipSparseMap(header);
        }
        // A hard link names a file that was there before; its size is that file's.
        open = new Rest(type == TarConstants.LF_LINK ? 0 : own.size >= 0 ? own.size : size);
        String name = TarUtils.parseName(header, 0, TarConstants.NAMELEN);
        boolean file =
                type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM || type == TarConstants.LF_CONTIG;
        boolean directory = type == TarConstants.LF_DIR || (file && name.endsWith("/"));
        return directory ? null : new Member(name, file && !own.sparse, open);
    }

    private static long size(byte[] header) throws IOException {
        try {
            long size = TarUtils.parseOctalOrBinary(header, SIZE_AT, TarConstants.SIZELEN);
            if (size >= 0) {
                return size;
            }
        } catch (IllegalArgumentException unreadable) {
            // Falls through.
        }
        throw new IOException("broken tar header: size");
    }

    /** The old form of sparse files lists its pieces in blocks that no size counts. */
    private void skipSparseMap(byte[] header) throws IOException {
        boolean more = header[EXTENDED_AT] != 0;
        while (more) {
            byte[] map = in.readNBytes(BLOCK);
            if (map.length < BLOCK) {
                throw new EOFException("tar ends too early");
            }
            more = map[MORE_AT] != 0;
        }
    }

    /** What matters of a pax header: a size that the plain header has no room for, and that the content is a map. */
    private record Attributes(long size, boolean sparse) {
        static final Attributes NONE = new Attributes(-1, false);
    }

    private Attributes attributes(long size) throws IOException {
        if (size > MAX_ATTRIBUTES) {
            throw new IOException("tar member with more than " + MAX_ATTRIBUTES + " bytes of attributes");
        }
        Rest rest = new Rest(size);
        String records = new String(rest.readAllBytes(), StandardCharsets.ISO_8859_1);
        rest.finish();
        long found = -1;
        boolean sparse = false;
        int at = 0;
        while (at < records.length()) {
            int blank = records.indexOf(' ', at);
            long length = blank < 0 ? 0 : number(records, at, blank);
            if (length < blank - at + 2L || length > records.length() - at) {
                break;
            }
            String entry = records.substring(blank + 1, at + (int) length - 1);
            if (entry.startsWith("size=")) {
                found = number(entry, 5, entry.length());
            }
            sparse |= entry.startsWith("GNU.sparse.");
            at += (int) length;
        }
        return new Attributes(found, sparse);
    }

    /** Digits as a number; -1 if they are none, or too many. */
    private static long number(String text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > MAX_SIZE) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return to > from ? number : -1;
    }

    /** Whether bytes begin with the header of a member. */
    static boolean isHeader(byte[] bytes) {
        try {
            return bytes.length >= BLOCK && bytes[0] != 0 && TarUtils.verifyCheckSum(Arrays.copyOf(bytes, BLOCK));
        } catch (IllegalArgumentException noNumber) {
            return false;
        }
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** The content of the current member, and its padding. */
    private final class Rest extends InputStream {
        private long left;
        private final int padding;

        Rest(long size) {
            this.left = size;
            this.padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("tar ends too early");
            }
            left -= count;
            return count;
        }

        void finish() throws IOException {
            transferTo(OutputStream.nullOutputStream());
            in.skipNBytes(padding);
        }
    }
}

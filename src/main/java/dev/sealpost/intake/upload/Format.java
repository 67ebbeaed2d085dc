package dev.sealpost.intake.upload;

import java.util.Locale;

/** What bytes are, told by how they begin. */
enum Format {
    GZIP,
    ZIP,
    TAR,
    MBOX,
    MAIL,
    JSON,
    OTHER;

    /** So many first bytes tell all formats apart. */
    static final int HEAD_BYTES = 1_024;

    private static final int MAX_FIELD_NAME = 76;

    /**
     * The format of a document.
     *
     * @param head its first {@link #HEAD_BYTES} bytes, or all if it is shorter
     * @param name a hint where bytes cannot tell: a mail file may begin with an mbox's line
     */
    static Format of(byte[] head, String name) {
        if (startsWith(head, 0x1f, 0x8b)) {
            return GZIP;
        }
        if (startsWith(head, 'P', 'K', 3, 4) || startsWith(head, 0, 'P', 'K', 5, 6)) {
            return ZIP;
        }
        if (Tar.isHeader(head)) {
            return TAR;
        }
        if (startsWith(head, 'F', 'r', 'o', 'm', ' ')) {
            return isMailName(name) ? MAIL : MBOX;
        }
        int first = firstOfText(head);
        if (first < head.length && (head[first] == '{' || head[first] == '[')) {
            // A brace of two bytes is UTF-16, which the door reads and nobody makes lists of.
            return first + 1 < head.length && head[first + 1] == 0 ? OTHER : JSON;
        }
        return isMailName(name) || isField(head, first) ? MAIL : OTHER;
    }

    private static boolean isMailName(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".eml");
    }

    /** Past a byte order mark, blanks, and what separates the records of a JSON text sequence (RFC 7464). */
    private static int firstOfText(byte[] head) {
        int at = startsWith(head, 0xef, 0xbb, 0xbf) ? 3 : 0;
        while (at < head.length && (head[at] == 0x1e || isBlank(head[at]))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Whether a header field of a mail begins here (RFC 5322, section 2.2). */
    private static boolean isField(byte[] head, int start) {
        int at = start;
        while (at < head.length && head[at] > ' ' && head[at] < 0x7f && head[at] != ':') {
            at++;
        }
        return at > start && at - start <= MAX_FIELD_NAME && at < head.length && head[at] == ':';
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        if (head.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (head[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }
}

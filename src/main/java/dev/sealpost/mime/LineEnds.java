package dev.sealpost.mime;

/** Line ends: the parser knows CR LF and LF. */
final class LineEnds {
    private LineEnds() {}

    /** The mail itself, or a copy with LF for CR if it has CR alone. */
    static byte[] known(byte[] mail) {
        for (byte b : mail) {
            if (b == '\n') {
                return mail;
            }
        }
        byte[] lines = mail.clone();
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\r') {
                lines[i] = '\n';
            }
        }
        return lines;
    }
}

package dev.sealpost.mime;

/** First bytes, for what need not be tried. */
final class Sniff {
    private Sniff() {}

    /** Whether this is surely no JSON, gzip or zip: it begins with printable ASCII that none of them begins with. */
    static boolean isOther(byte[] bytes, int length) {
        int at = 0;
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\r' || bytes[at] == '\n' || bytes[at] == '\t')) {
            at++;
        }
        if (at == length) {
            return false;
        }
        byte first = bytes[at];
        // UTF-16 without a mark has a zero beside the brace.
        boolean wide = at + 1 < length && bytes[at + 1] == 0;
        return first > ' ' && first != '{' && first != '[' && first != 'P' && !wide;
    }
}

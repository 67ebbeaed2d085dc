package dev.sealpost.intake.mailbox;

/** Makes text that strangers may have had a hand in fit for a log and a page. */
final class OneLine {
    private static final int MAX_CHARS = 200;

    private OneLine() {}

    /** Printable ASCII, other characters as a question mark, cut. */
    static String of(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_CHARS));
        for (int i = 0; i < text.length() && i < MAX_CHARS; i++) {
            char c = text.charAt(i);
            line.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return line.toString();
    }
}

package dev.sealpost.mime;

/** Makes header values fit to be kept: one line, no control characters, bounded. */
final class HeaderText {
    private HeaderText() {}

    static String clean(String value, int maxChars) {
        return value.length() <= maxChars && isClean(value) ? value.strip() : cleaned(value, maxChars);
    }

    private static boolean isClean(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || (c >= 0x7f && (Character.isISOControl(c) || Character.isSurrogate(c)))) {
                return false;
            }
        }
        return true;
    }

    private static String cleaned(String value, int maxChars) {
        StringBuilder clean = new StringBuilder(Math.min(value.length(), maxChars));
        for (int i = 0; i < value.length() && clean.length() < maxChars; i++) {
            char c = value.charAt(i);
            if (!Character.isISOControl(c) && !Character.isSurrogate(c)) {
                clean.append(c);
            }
        }
        return clean.toString().strip();
    }
}

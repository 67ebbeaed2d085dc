package dev.sealpost.report;

import java.util.Set;

/** Makes untrusted text fit to be stored: no control characters, valid Unicode, bounded. */
final class Text {
    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    /** The text without control characters, with U+FFFD for lone surrogates, cut to a number of UTF-16 units. */
    static String clean(String text, int maxChars, Set<Flag> flags) {
        return cut(isClean(text) ? text : scrub(text, flags), maxChars, flags);
    }

    /** As {@link #clean}, but line breaks and tabs become a space, so that the words of a long greeting stay apart. */
    static String cleanLines(String text, int maxChars, Set<Flag> flags) {
        if (isClean(text)) {
            return cut(text, maxChars, flags);
        }
        return cut(scrub(text.replace("\r\n", " ").replace('\n', ' ').replace('\t', ' '), flags), maxChars, flags);
    }

    /** The text, cut before the surrogate pair that would not fit. */
    static String cut(String text, int maxChars, Set<Flag> flags) {
        if (text.length() <= maxChars) {
            return text;
        }
        flags.add(Flag.SHORTENED);
        int end = Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
        return text.substring(0, end);
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (c >= 0x7f && (c <= 0x9f || Character.isSurrogate(c)))) {
                return false;
            }
        }
        return true;
    }

    private static String scrub(String text, Set<Flag> flags) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                flags.add(Flag.CONTROL_CHARACTERS);
            } else if (!Character.isSurrogate(c)) {
                clean.append(c);
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                clean.append(c).append(text.charAt(++i));
            } else {
                flags.add(Flag.INVALID_UTF8);
                clean.append(REPLACEMENT);
            }
        }
        return clean.toString();
    }
}

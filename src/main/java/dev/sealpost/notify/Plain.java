package dev.sealpost.notify;

import java.util.PrimitiveIterator;

/**
 * Texts with names in them that outsiders chose, made fit for every exit: no control, format (bidi, zero-width), private or
 * unassigned characters and no half of a pair, and not longer than the exit takes. What the exit itself reads as markup is
 * escaped there.
 */
final class Plain {
    private static final String CUT = "…";

    private Plain() {}

    /** One line, at most so many UTF-16 units. */
    static String line(String text, int most) {
        return cut(clean(text, false).strip(), most);
    }

    /** Several lines, at most so many UTF-16 units. */
    static String lines(String text, int most) {
        return cut(clean(text, true).strip(), most);
    }

    private static String clean(String text, boolean lines) {
        StringBuilder clean = new StringBuilder(text.length());
        PrimitiveIterator.OfInt all = text.codePoints().iterator();
        while (all.hasNext()) {
            int codePoint = all.nextInt();
            if (codePoint == '\n' && lines) {
                clean.append('\n');
            } else if (isFit(codePoint)) {
                clean.appendCodePoint(codePoint);
            } else if (Character.isWhitespace(codePoint)) {
                clean.append(' ');
            }
        }
        return clean.toString();
    }

    private static boolean isFit(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}

package dev.sealpost.alert;

import java.util.Locale;
import java.util.regex.Pattern;

/** Texts and numbers for people. */
final class Plain {
    private static final int LONGEST = 100;

    /** Nothing in it means more to a shell than a letter does, and it is no option. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)+\\.?");

    private static final int LONGEST_HOST = 255;

    private Plain() {}

    /** A text that somebody else chose: on one line, without what steers a terminal or turns the direction of writing. */
    static String text(String foreign) {
        return text(foreign, LONGEST);
    }

    /** The same, of at most so many characters. */
    static String text(String foreign, int longest) {
        StringBuilder plain = new StringBuilder();
        foreign.codePoints().limit(longest).forEach(point -> plain.appendCodePoint(harmless(point) ? point : '?'));
        return foreign.codePointCount(0, foreign.length()) > longest
                ? plain.append("...").toString()
                : plain.toString();
    }

    /** A host's name that may stand in a command somebody copies; another text if this is none. */
    static String host(String foreign, String otherwise) {
        return foreign.length() <= LONGEST_HOST && HOST.matcher(foreign).matches() ? foreign : otherwise;
    }

    private static boolean harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** Such as 1,060. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as 1 session, 2 sessions. */
    static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /** A share such as 20 % or 0.003 %. */
    static String percent(double share) {
        double percent = share * 100;
        if (percent == 0 || percent >= 10) {
            return String.format(Locale.ROOT, "%.0f %%", percent);
        }
        return String.format(Locale.ROOT, percent >= 0.1 ? "%.1f %%" : "%.1g %%", percent);
    }

    /** An amount such as 0.03 or 12. */
    static String amount(double amount) {
        return amount >= 10
                ? number(Math.round(amount))
                : String.format(Locale.ROOT, amount >= 0.01 ? "%.2f" : "%.1g", amount);
    }

    /** An expectation such as 12, 3.41 or fewer than 1 (0.03). */
    static String expected(double amount) {
        return amount >= 1 ? amount(amount) : "fewer than 1 (" + amount(amount) + ")";
    }
}

package dev.sealpost.alert;

import java.util.Locale;

/** Texts and numbers for people. */
final class Plain {
    private static final int LONGEST = 100;

    private Plain() {}

    /** A text that somebody else chose: on one line, without what steers a terminal or turns the direction of writing. */
    static String text(String foreign) {
        StringBuilder plain = new StringBuilder();
        foreign.codePoints().limit(LONGEST).forEach(point -> plain.appendCodePoint(harmless(point) ? point : '?'));
        return foreign.codePointCount(0, foreign.length()) > LONGEST
                ? plain.append("...").toString()
                : plain.toString();
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

    /** An expectation such as 0.03 or 12. */
    static String amount(double amount) {
        return amount >= 10
                ? number(Math.round(amount))
                : String.format(Locale.ROOT, amount >= 0.01 ? "%.2f" : "%.1g", amount);
    }
}

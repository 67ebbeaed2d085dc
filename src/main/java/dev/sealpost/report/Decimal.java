package dev.sealpost.report;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/** Decimal numbers of untrusted text, without the price of an exception for each text that is none. */
final class Decimal {
    /** No exponent of so many digits leaves the scale that a BigDecimal can have. */
    private static final int MAX_EXPONENT_DIGITS = 9;

    private Decimal() {}

    /** The number, or null for what JSON would not write, such as digits of other scripts, and for what is too long. */
    static @Nullable BigDecimal parse(String text) {
        if (text.length() > Limits.MAX_NUMBER_DIGITS) {
            return null;
        }
        int at = afterSign(text, 0);
        int point = afterDigits(text, at);
        int digits = point - at;
        at = point;
        if (at < text.length() && text.charAt(at) == '.') {
            at = afterDigits(text, point + 1);
            digits += at - point - 1;
        }
        if (digits > 0 && at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = afterSign(text, at + 1);
            at = afterDigits(text, exponent);
            if (at == exponent || at - exponent > MAX_EXPONENT_DIGITS) {
                return null;
            }
        }
        return digits > 0 && at == text.length() ? new BigDecimal(text) : null;
    }

    private static int afterSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int afterDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}

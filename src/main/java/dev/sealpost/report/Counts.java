package dev.sealpost.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import org.jspecify.annotations.Nullable;

/** Session counts (RFC 8460, section 4.4: JSON integers); also whole floats and decimal strings are understood. */
final class Counts {
    /** No count, or null. */
    static final long MISSING = -1;

    /** A count that means nothing: negative, not whole, not finite, over 2^63-1, or no number at all. */
    static final long BAD = -2;

    /** Every number with so many digits is a long. */
    private static final int SAFE_DIGITS = 18;

    private static final int MAX_LONG_DIGITS = 19;

    private Counts() {}

    /** The count at the current token, {@link #MISSING} or {@link #BAD}. */
    static long read(JsonParser json, Set<Flag> flags) throws IOException {
        long count =
                switch (json.currentToken()) {
                    case VALUE_NULL -> MISSING;
                    case VALUE_NUMBER_INT ->
                        json.getTextLength() <= SAFE_DIGITS ? notNegative(json.getLongValue()) : parse(json.getText());
                    case VALUE_NUMBER_FLOAT -> {
                        flags.add(Flag.COUNT_FLOAT);
                        yield parse(json.getText());
                    }
                    case VALUE_STRING -> {
                        flags.add(Flag.COUNT_STRING);
                        yield parse(json.getText().strip());
                    }
                    default -> {
                        json.skipChildren();
                        yield BAD;
                    }
                };
        if (count == BAD) {
            flags.add(Flag.BAD_COUNT);
        }
        return count;
    }

    /** The count as the records hold it: the given value when missing, null when bad. */
    static @Nullable Long orNull(long count, long ifMissing) {
        if (count == MISSING) {
            return ifMissing;
        }
        return count == BAD ? null : (Long) count;
    }

    private static long notNegative(long count) {
        return count < 0 ? BAD : count;
    }

    private static long parse(String text) {
        BigDecimal number = Decimal.parse(text);
        if (number == null) {
            return BAD;
        }
        if (number.signum() <= 0) {
            return number.signum() == 0 ? 0 : BAD;
        }
        // Compared by digits first: a huge exponent must never be expanded.
        if ((long) number.precision() - number.scale() > MAX_LONG_DIGITS) {
            return BAD;
        }
        BigDecimal whole = number.stripTrailingZeros();
        if (whole.scale() > 0 || whole.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return BAD;
        }
        return whole.longValueExact();
    }
}

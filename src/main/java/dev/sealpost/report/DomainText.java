package dev.sealpost.report;

import java.net.IDN;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Heals domain and host names: lower case, A-labels, no trailing dot (RFC 8460, section 4.4). */
final class DomainText {
    /** The dots of RFC 3490, section 3.1. */
    private static final String DOTS = ".\u3002\uff0e\uff61";

    private static final int MAX_LABEL_CHARS = 63;

    private DomainText() {}

    /** The domain, or null with {@link Flag#BAD_POLICY_DOMAIN} when the text is none. */
    static @Nullable DomainName domain(String text, Set<Flag> flags, Attempts attempts) {
        String name = isPlain(text, false) ? text : normalise(text, flags, attempts);
        if (name == null || !isPlain(name, false)) {
            flags.add(Flag.BAD_POLICY_DOMAIN);
            return null;
        }
        return new DomainName(name);
    }

    /** Whether the text is a host name or pattern that needs no healing. */
    static boolean isHost(String text) {
        return isPlain(text, true);
    }

    /** A host name or pattern such as {@code *.mx.example}; text that is neither is kept, flagged and cut. */
    static String host(String text, Set<Flag> flags, Attempts attempts) {
        if (isPlain(text, true)) {
            return text;
        }
        String name = normalise(text, flags, attempts);
        if (name != null && isPlain(name, true)) {
            return name;
        }
        flags.add(Flag.BAD_HOST);
        return Text.cut(text.strip().toLowerCase(Locale.ROOT), Limits.MAX_HOST_CHARS, flags);
    }

    private static @Nullable String normalise(String text, Set<Flag> flags, Attempts attempts) {
        String name = text.strip();
        if (!isAscii(name)) {
            flags.add(Flag.U_LABEL);
            String ascii = labelsMayFit(name) && attempts.next() ? toAscii(name) : null;
            if (ascii == null) {
                return null;
            }
            name = ascii;
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        name = name.toLowerCase(Locale.ROOT);
        if (!name.equals(text)) {
            flags.add(Flag.HOST_NORMALISED);
        }
        return name;
    }

    private static @Nullable String toAscii(String name) {
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (RuntimeException e) {
            // Not only the documented IllegalArgumentException: a label that normalisation makes too long is a plain
            // one.
            return null;
        }
    }

    /** An A-label is at least as long as its U-label, and converting what cannot fit takes quadratic time. */
    private static boolean labelsMayFit(String name) {
        int label = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (DOTS.indexOf(c) >= 0) {
                label = 0;
            } else if (!Character.isLowSurrogate(c) && ++label > MAX_LABEL_CHARS) {
                return false;
            }
        }
        return name.length() <= 2 * Limits.MAX_DOMAIN_CHARS;
    }

    /** Lower-case letters, digits, hyphen and underscore in labels of 1 to 63, at most 253 in all. */
    private static boolean isPlain(String name, boolean wildcard) {
        int length = name.length();
        if (length == 0 || length > Limits.MAX_DOMAIN_CHARS) {
            return false;
        }
        int label = wildcard && name.startsWith("*.") ? 2 : 0;
        for (int i = label; i < length; i++) {
            char c = name.charAt(i);
            if (c == '.') {
                if (i == label || i - label > MAX_LABEL_CHARS) {
                    return false;
                }
                label = i + 1;
            } else if (!isPlain(c)) {
                return false;
            }
        }
        return label < length && length - label <= MAX_LABEL_CHARS;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }
}

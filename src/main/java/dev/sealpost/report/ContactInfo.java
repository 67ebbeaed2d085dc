package dev.sealpost.report;

import java.util.EnumSet;

import org.jspecify.annotations.Nullable;

/** The mail domain in a report's contact-info, which is meant to be an address but may be any text. */
public final class ContactInfo {
    private ContactInfo() {}

    /** The domain of {@code a@b}, {@code mailto:a@b?x} or {@code Name <a@b>}; null when there is none. */
    public static @Nullable DomainName domain(@Nullable String contactInfo) {
        if (contactInfo == null) {
            return null;
        }
        int from = contactInfo.lastIndexOf('@') + 1;
        if (from == 0) {
            return null;
        }
        int to = from;
        while (to < contactInfo.length() && belongsToDomain(contactInfo.charAt(to))) {
            to++;
        }
        return DomainText.domain(contactInfo.substring(from, to), EnumSet.noneOf(Flag.class), new Attempts());
    }

    private static boolean belongsToDomain(char c) {
        return c == '.' || c == '-' || Character.isLetterOrDigit(c);
    }
}

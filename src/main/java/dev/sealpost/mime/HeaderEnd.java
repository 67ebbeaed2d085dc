package dev.sealpost.mime;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** A header that content follows without the blank line between. */
final class HeaderEnd {
    private static final int MAX_FIELD_NAME = 76;

    private HeaderEnd() {}

    /** The mail with a blank line before the first line that is neither a field nor part of one; null if it has one. */
    static byte @Nullable [] found(byte[] mail) {
        int at = 0;
        while (at < mail.length && mail[at] != '\n' && mail[at] != '\r') {
            // The first line may be an mbox's.
            if (at > 0 && !isOfField(mail, at)) {
                byte[] divided = Arrays.copyOf(mail, mail.length + 1);
                divided[at] = '\n';
                System.arraycopy(mail, at, divided, at + 1, mail.length - at);
                return divided;
            }
            while (at < mail.length && mail[at] != '\n') {
                at++;
            }
            at++;
        }
        return null;
    }

    private static boolean isOfField(byte[] mail, int from) {
        if (mail[from] == ' ' || mail[from] == '\t') {
            return true;
        }
        int at = from;
        while (at < mail.length && at - from <= MAX_FIELD_NAME && mail[at] > ' ' && mail[at] != ':') {
            at++;
        }
        while (at < mail.length && mail[at] == ' ') {
            at++;
        }
        return at < mail.length && mail[at] == ':';
    }
}

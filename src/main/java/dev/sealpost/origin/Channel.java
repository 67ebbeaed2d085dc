package dev.sealpost.origin;

import java.util.Locale;

/** The kind of door a report came through (RFC 8460 section 3: rua=https: and rua=mailto:, and files brought by hand). */
public enum Channel {
    HTTPS,
    MAILBOX,
    UPLOAD;

    /** The name in the API, in tables and as a metric label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The channel of a label.
     *
     * @throws IllegalArgumentException if no channel is called so
     */
    public static Channel of(String label) {
        for (Channel channel : values()) {
            if (channel.label().equals(label)) {
                return channel;
            }
        }
        throw new IllegalArgumentException("no such channel");
    }
}

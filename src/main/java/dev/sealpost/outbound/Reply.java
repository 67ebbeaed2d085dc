package dev.sealpost.outbound;

import java.time.Duration;
import java.util.Optional;

/**
 * What the other side answered.
 *
 * @param status the HTTP status
 * @param body its beginning, UTF-8, at most {@link #MAX_BYTES}; not cleaned
 * @param retryAfter how long it wants to be left alone, if it says so in seconds
 */
public record Reply(int status, String body, Optional<Duration> retryAfter) {
    /** So much of an answer is read. */
    public static final int MAX_BYTES = 64 << 10;

    /** Whether it took what was sent. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}

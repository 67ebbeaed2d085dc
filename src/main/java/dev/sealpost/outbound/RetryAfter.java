package dev.sealpost.outbound;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** The header of RFC 9110, section 10.2.3, in seconds; its other form needs a clock in step with the other side's. */
final class RetryAfter {
    private static final int MAX_DIGITS = 6;

    private RetryAfter() {}

    static Optional<Duration> of(@Nullable String header) {
        return header == null || !header.matches("[0-9]{1," + MAX_DIGITS + "}")
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Long.parseLong(header)));
    }
}

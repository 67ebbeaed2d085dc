package dev.sealpost.intake.https;

import java.time.Duration;

/** Total times of a connection: whoever keeps sending bytes is cut all the same. */
final class Deadlines {
    /** From the connection to the end of the TLS handshake. */
    static final Duration HANDSHAKE = Duration.ofSeconds(5);

    /** From the first chance to send a request to the end of its headers. */
    static final Duration HEADERS = Duration.ofSeconds(5);

    /** From the headers to the end of the body, and a second more for each {@link #BYTES_PER_SECOND} received. */
    static final Duration BODY = Duration.ofSeconds(30);

    /** The rate below which a body is too slow: 64 KiB a second. */
    static final int BYTES_PER_SECOND = 64 * 1024;

    /** For the client to take what was written. */
    static final Duration ANSWER = Duration.ofSeconds(10);

    /** From an answer to the next request. */
    static final Duration IDLE = Duration.ofSeconds(30);

    private Deadlines() {}

    /**
     * How long a body may take that has so far so many bytes.
     *
     * @param received bytes, not negative
     */
    static Duration body(long received) {
        return BODY.plusMillis(received * 1_000 / BYTES_PER_SECOND);
    }
}

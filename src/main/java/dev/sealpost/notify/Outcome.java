package dev.sealpost.notify;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What came of telling something.
 *
 * @param end whether it was taken, and whom the trouble is about if it was not
 * @param status HTTP; null if there was none
 * @param words the beginning of the answer, or what went wrong; clean
 * @param later how long the other side wants to be left alone
 */
record Outcome(End end, @Nullable Integer status, String words, Optional<Duration> later) {
    private static final int MAX_WORDS = 500;

    /** How it ended. */
    enum End {
        DELIVERED,
        /** This message is not taken; others may be. */
        MESSAGE_REFUSED,
        /** Nothing would be taken now. */
        CHANNEL_BROKEN,
        /** The other side wants nothing any more. */
        GONE
    }

    static Outcome delivered(String words) {
        return new Outcome(End.DELIVERED, null, Plain.line(words, MAX_WORDS), Optional.empty());
    }

    static Outcome broken(String words) {
        return new Outcome(End.CHANNEL_BROKEN, null, Plain.line(words, MAX_WORDS), Optional.empty());
    }

    static Outcome refused(String words) {
        return new Outcome(End.MESSAGE_REFUSED, null, Plain.line(words, MAX_WORDS), Optional.empty());
    }

    static Outcome answered(int status, String body, Optional<Duration> later) {
        End end =
                switch (status) {
                    case 200, 201, 202, 203, 204, 205, 206 -> End.DELIVERED;
                    case 410 -> End.GONE;
                    case 400, 406, 409, 411, 413, 414, 415, 422, 431 -> End.MESSAGE_REFUSED;
                    default -> End.CHANNEL_BROKEN;
                };
        String words = Plain.line(body, MAX_WORDS);
        if (status >= 300 && status < 400) {
            words = "redirects are not followed";
        }
        return new Outcome(end, status, words, later);
    }

    boolean isDelivered() {
        return end == End.DELIVERED;
    }
}

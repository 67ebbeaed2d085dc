package dev.sealpost.report;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import org.jspecify.annotations.Nullable;

/** The two totals of a policy's summary (RFC 8460, section 4.4); a missing one is 0. */
final class SummaryCounts {
    private boolean successSeen;
    private boolean failureSeen;
    private long success = Counts.MISSING;
    private long failure = Counts.MISSING;

    /** Reads the value at the current token if the member is one of the two. */
    boolean read(String name, JsonParser json, Set<Flag> flags) throws IOException {
        switch (name) {
            case "total-successful-session-count" -> {
                duplicate(successSeen, flags);
                successSeen = true;
                success = Counts.read(json, flags);
            }
            case "total-failure-session-count" -> {
                duplicate(failureSeen, flags);
                failureSeen = true;
                failure = Counts.read(json, flags);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty() {
        return !successSeen && !failureSeen;
    }

    @Nullable
    Long successes(Set<Flag> flags) {
        if (success == Counts.MISSING) {
            flags.add(Flag.NO_SUCCESS_COUNT);
        }
        return Counts.orNull(success, 0);
    }

    @Nullable
    Long failures(Set<Flag> flags) {
        if (failure == Counts.MISSING) {
            flags.add(Flag.NO_FAILURE_COUNT);
        }
        return Counts.orNull(failure, 0);
    }

    private static void duplicate(boolean seen, Set<Flag> flags) {
        if (seen) {
            flags.add(Flag.DUPLICATE_KEYS);
        }
    }
}

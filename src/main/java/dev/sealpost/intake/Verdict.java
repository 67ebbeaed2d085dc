package dev.sealpost.intake;

import java.util.UUID;

import dev.sealpost.report.Reason;

/** What the door says to bytes. */
public sealed interface Verdict {
    /** A report, durable now. */
    record Accepted(UUID receipt) implements Verdict {}

    /**
     * No report. The bytes are on their way to the quarantine.
     *
     * @param reason kebab-case, out of a closed set
     * @param detail one line, safe to show
     */
    record Refused(String reason, String detail) implements Verdict {
        /** Whether the bytes were too many, rather than wrong. */
        public boolean tooLarge() {
            return reason.equals(Reason.TOO_LARGE.label());
        }
    }

    /** Nothing for a watched domain, from a source that has sent too much of that. Nothing is kept. */
    record OverBudget() implements Verdict {}

    /** A report, and nothing durable could take it: the sender has to try again. */
    record Unavailable() implements Verdict {}
}

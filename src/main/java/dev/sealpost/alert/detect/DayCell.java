package dev.sealpost.alert.detect;

import java.util.List;

/**
 * What one reporter says about one policy domain and one UTC day. A day without a report is unknown and has no cell.
 *
 * @param day days since 1970-01-01 UTC
 * @param sessions the estimate of all sessions, failed ones included; cut to 10^15
 * @param failed by result type; a type counts no more sessions than there were
 * @param dane whether a tlsa policy was applied
 */
public record DayCell(long day, long sessions, List<Failed> failed, boolean dane) {
    /** What no domain has in a day; 112 such days still add up in a long. */
    static final long MOST_SESSIONS = 1_000_000_000_000_000L;

    public DayCell {
        sessions = Math.clamp(sessions, 0, MOST_SESSIONS);
        failed = List.copyOf(failed);
    }
}

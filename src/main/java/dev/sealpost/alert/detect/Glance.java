package dev.sealpost.alert.detect;

import dev.sealpost.report.ResultType;

/** Refuses at a glance what no window can find: most series fail now and then, and never much. */
final class Glance {
    private Glance() {}

    /**
     * Whether something might be found.
     *
     * @param from the first day that is judged
     * @param last the last one
     */
    static boolean finds(History history, ResultType type, long from, long last) {
        if (history.failures(type, from, last) == 0) {
            return false;
        }
        long earliest = from - WindowTest.LONGEST + 1;
        long[] sessions = new long[Math.toIntExact(last - earliest + 1)];
        long[] failures = new long[sessions.length];
        history.copySessions(earliest, sessions);
        history.copyFailures(type, earliest, failures);
        for (int at = WindowTest.LONGEST - 1; at < failures.length; at++) {
            if (failures[at] > 0 && finds(sessions, failures, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean finds(long[] sessions, long[] failures, int at) {
        long failed = 0;
        long all = 0;
        for (int window = 1; window <= WindowTest.LONGEST; window++) {
            failed += failures[at - window + 1];
            all += sessions[at - window + 1];
            if (WindowTest.enough(failed, all, window)) {
                return true;
            }
        }
        return false;
    }
}

package dev.sealpost.alert.detect;

import java.util.Arrays;

/**
 * What the scan of a series writes on, a place a day. One scan uses it after another: most of what a scan would cost is memory
 * that is new to the processor.
 */
final class Scratch {
    final long[] sessions = new long[Past.DAYS];
    final long[] failures = new long[Past.DAYS];
    final boolean[] standsOut = new boolean[Past.DAYS];
    /** Days that stand out no more, because their level is the rule. */
    final boolean[] usual = new boolean[Past.DAYS];

    final double[] plainSessions = new double[Past.DAYS];
    final int[] days = new int[Past.DAYS];

    final boolean[] explained = new boolean[Past.DAYS];
    final long[] failuresUpTo = new long[Past.DAYS];
    final long[] sessionsUpTo = new long[Past.DAYS];
    final int[] explainedUpTo = new int[Past.DAYS];
    final int[] failingUpTo = new int[Past.DAYS];
    final int[] daysUpTo = new int[Past.DAYS];

    /** Forgets the last scan. What is written for each day before it is read needs no cleaning. */
    Scratch cleaned() {
        Arrays.fill(sessions, 0);
        Arrays.fill(failures, 0);
        Arrays.fill(usual, false);
        Arrays.fill(standsOut, false);
        Arrays.fill(explained, false);
        return this;
    }
}

package dev.sealpost.store;

import org.jspecify.annotations.Nullable;

/** A sum of sessions or occurrences that does not overflow: what a bigint cannot hold is cut, and remembered as cut. */
final class Tally {
    private long value;
    private boolean cut;

    long value() {
        return value;
    }

    /** Whether the true sum is larger. */
    boolean cut() {
        return cut;
    }

    /** Adds a count that is not negative; null is one that the reporter did not give. */
    Tally add(@Nullable Long count) {
        if (count != null) {
            add(count, false);
        }
        return this;
    }

    Tally add(Tally other) {
        add(other.value, other.cut);
        return this;
    }

    private void add(long count, boolean larger) {
        long sum = value + count;
        cut |= larger || sum < 0;
        value = sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** The larger of two sums. */
    static Tally larger(Tally one, Tally other) {
        return one.value > other.value || (one.value == other.value && one.cut) ? one : other;
    }
}

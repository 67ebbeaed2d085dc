package dev.sealpost.report;

/**
 * How often one report may still ask for healing that costs a hundred times the characters that ask for it: U-labels,
 * and JSON inside of strings. Without a bound a report that fits in 40 KB of gzip would keep a processor for seconds.
 */
final class Attempts {
    private int left = Limits.MAX_ATTEMPTS;

    /** Takes one, or says that none is left: then the text stays as it is. */
    boolean next() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}

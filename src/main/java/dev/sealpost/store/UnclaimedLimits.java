package dev.sealpost.store;

import java.util.function.Predicate;

/**
 * How many reports of unclaimed domains are stored on one UTC day of the door. A report is stored while the day has fewer
 * than {@code perDay}; after that, while its source's prefix has fewer than {@link #perPrefix} and the day fewer than
 * {@link #most}. So whoever fills the day does not shut out the first reports of others.
 *
 * @param watched whether a domain is watched beside those in the table
 * @param named whether a setting names a domain, which then is no host of another one
 * @param perDay reports a day, whoever sends them; 0 or more
 */
public record UnclaimedLimits(Predicate<String> watched, Predicate<String> named, long perDay) {
    /** Prefixes that fit between the day's reports and the hard bound, each with all its own. */
    private static final long PREFIXES = 1_000;

    /** Reports of one prefix that are stored however full the day is. */
    long perPrefix() {
        return perDay == 0 ? 0 : Math.max(1, perDay / PREFIXES);
    }

    /** Reports of one day that are never exceeded. */
    long most() {
        return 2 * perDay;
    }

    /** Whether one more report is stored, when so many are, in all and of its prefix. */
    boolean admit(long storedInAll, long storedOfPrefix) {
        return storedInAll < perDay || (storedOfPrefix < perPrefix() && storedInAll < most());
    }
}

package dev.sealpost.store;

/** A day and the periods it belongs to, as SQL. As text they sort like the times they name. */
final class TimeKey {
    static final String DAY = "to_char(f.day, 'YYYY-MM-DD')";

    /** ISO 8601: the year a week belongs to is that of its Thursday. */
    static final String WEEK = "to_char(f.day, 'IYYY-\"W\"IW')";

    static final String MONTH = "to_char(f.day, 'YYYY-MM')";

    private TimeKey() {}
}

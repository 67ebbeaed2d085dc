package dev.sealpost.store;

import java.util.List;

/** The tables that have a partition for each month, by what they lose a month's partition to. */
enum MonthlyTables {
    /** Reports as they were received. */
    RAW("report_raw"),

    /** What was read of them. */
    READING("report", "report_copy", "policy"),

    /** What is counted. */
    CELLS(
            "daily_domain",
            "daily_sessions",
            "daily_other_sessions",
            "daily_failures",
            "rollup_failures",
            "rollup_sessions",
            "rollup_reporters"),

    /**
     * The shares of reports that are gone, and which reports these are. Rows come when the month is old, so they have
     * partitions of old months only: each partition costs every statement a little.
     */
    SEALED("sealed_sessions", "sealed_other_sessions", "sealed_failures", "gone_report");

    @SuppressWarnings("ImmutableEnumChecker") // List.of is
    private final List<String> names;

    MonthlyTables(String... names) {
        this.names = List.of(names);
    }

    List<String> names() {
        return names;
    }
}

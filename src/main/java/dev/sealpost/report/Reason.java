package dev.sealpost.report;

import java.util.Locale;

/** Why bytes are no report. A closed set: it is also a metric label and part of error answers. */
public enum Reason {
    /** No bytes, or nothing but white space. */
    EMPTY,
    /** Neither JSON nor a container of JSON, or an object without any member of a report. */
    NOT_A_REPORT,
    /** The container or the JSON ends too early. */
    TRUNCATED,
    /** The container's checksum or size does not agree with its content. */
    BAD_CHECKSUM,
    /** More unpacked bytes, tokens or characters than allowed. */
    TOO_LARGE,
    /** JSON or containers nested deeper than allowed. */
    TOO_DEEP,
    /** Not well-formed JSON, or a broken container. */
    BAD_JSON,
    /** No usable report-id. */
    NO_REPORT_ID,
    /** No usable date-range. */
    NO_DATES,
    /** No policies member. */
    NO_POLICIES;

    /** The name used in APIs and metrics: kebab-case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

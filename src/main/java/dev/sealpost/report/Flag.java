package dev.sealpost.report;

import java.util.Locale;

/** What the tolerant reader healed or noticed in a report. */
public enum Flag {
    // The bytes around the JSON
    GZIP_IN_GZIP,
    GZIP_MULTI_MEMBER,
    GZIP_TRAILING_BYTES,
    ZIP,
    UTF8_BOM,
    UTF16,
    INVALID_UTF8,
    TRAILING_DATA,
    DUPLICATE_KEYS,

    // The report
    NO_ORGANIZATION_NAME,
    NO_CONTACT_INFO,
    NO_TIMEZONE,
    DATE_OFFSET,
    DATE_FORM,
    DATE_FRACTION,
    DATE_ONLY,
    EPOCH_DATE,
    END_BEFORE_START,
    RANGE_NOT_ONE_DAY,
    BEFORE_2018,
    FAR_FUTURE,
    POLICIES_NOT_ARRAY,
    NO_POLICIES,
    BAD_POLICY,
    POLICIES_CUT,
    DETAILS_CUT,
    VALUES_CUT,

    // A policy
    FLATTENED_POLICY,
    NO_POLICY_TYPE,
    UNKNOWN_POLICY_TYPE,
    NO_POLICY_DOMAIN,
    BAD_POLICY_DOMAIN,
    POLICY_STRING_NOT_ARRAY,
    POLICY_STRING_NESTED,
    MX_HOST_NOT_ARRAY,
    MX_HOST_PREFIX,
    LIST_CUT,
    NO_SUMMARY,
    NO_SUCCESS_COUNT,
    NO_FAILURE_COUNT,
    DETAILS_SUM_DIFFERS,

    // Failure details
    DETAILS_NOT_ARRAY,
    BAD_DETAIL,
    NO_RESULT_TYPE,
    UNKNOWN_RESULT_TYPE,
    RESULT_TYPE_OF_OTHER_POLICY,
    NO_FAILED_COUNT,
    EMPTY_FIELD,
    BAD_IP,
    NOT_A_STRING,

    // Any field
    ALIAS,
    CASE,
    HOST_NORMALISED,
    U_LABEL,
    BAD_HOST,
    COUNT_STRING,
    COUNT_FLOAT,
    BAD_COUNT,
    CONTROL_CHARACTERS,
    SHORTENED;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name used in APIs: kebab-case. */
    public String label() {
        return label;
    }
}

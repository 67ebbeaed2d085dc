package dev.sealpost.report;

/**
 * What one input may cost. Above a hard limit the input is rejected. Above the three caps that come last only the
 * surplus is left out, with a flag: policies, failure details (their policy's summary still counts), and values of
 * details (which then count as absent).
 *
 * @param maxJsonBytes unpacked bytes of all layers and members of one input together
 * @param maxLayers containers inside each other
 * @param maxDepth nested JSON objects and arrays
 * @param maxNameChars of one member name
 * @param maxStringChars of one JSON string
 * @param maxTokens JSON tokens of one report
 * @param maxPolicies policies kept of one report
 * @param maxDetails failure details kept of one report
 * @param maxDistinct distinct values kept per field of the failure details of one report
 */
public record Limits(
        int maxJsonBytes,
        int maxLayers,
        int maxDepth,
        int maxNameChars,
        int maxStringChars,
        int maxTokens,
        int maxPolicies,
        int maxDetails,
        int maxDistinct) {

    /** The limits used everywhere unless configured otherwise. */
    public static final Limits DEFAULT = new Limits(32 << 20, 2, 32, 256, 64 << 10, 2_000_000, 10_000, 100_000, 10_000);

    /** Digits up to which a number is read; a longer one is a bad count or a bad date, not an error. */
    public static final int MAX_NUMBER_DIGITS = 32;

    /** Digits from which a number is an error. */
    public static final int MAX_TOLERATED_DIGITS = 1_000;

    public static final int MAX_ORGANIZATION_CHARS = 255;
    public static final int MAX_CONTACT_CHARS = 255;
    public static final int MAX_REPORT_ID_CHARS = 1_024;
    public static final int MAX_TYPE_CHARS = 64;
    public static final int MAX_DOMAIN_CHARS = 253;
    public static final int MAX_HOST_CHARS = 253;
    public static final int MAX_IP_CHARS = 64;
    public static final int MAX_HELO_CHARS = 4_096;
    public static final int MAX_TEXT_CHARS = 2_048;
    public static final int MAX_POLICY_STRING_CHARS = 4_096;
    public static final int MAX_LIST_ELEMENTS = 1_000;

    /** U-labels converted and JSON inside of strings tried per report; further ones stay text, flagged as no names. */
    public static final int MAX_ATTEMPTS = 10_000;

    public Limits {
        if (maxJsonBytes < 2 || maxLayers < 1 || maxDepth < 4 || maxNameChars < 40 || maxStringChars < 64) {
            throw new IllegalArgumentException("limits too small for any report");
        }
        if (maxTokens < 1 || maxPolicies < 1 || maxDetails < 0 || maxDistinct < 1) {
            throw new IllegalArgumentException("counts must be positive");
        }
    }

    /** The same limits with another bound of unpacked bytes. */
    public Limits withMaxJsonBytes(int bytes) {
        return new Limits(
                bytes,
                maxLayers,
                maxDepth,
                maxNameChars,
                maxStringChars,
                maxTokens,
                maxPolicies,
                maxDetails,
                maxDistinct);
    }
}

package dev.sealpost.mime;

/**
 * What one mail may cost.
 *
 * @param maxParts leaf parts looked at
 * @param maxDepth multiparts and embedded messages inside each other
 * @param maxHeaders header fields of one entity
 * @param maxHeaderBytes one header field, unfolded
 * @param maxBoundaryChars of all multiparts inside each other; RFC 2046 allows each 70
 */
public record MailLimits(int maxParts, int maxDepth, int maxHeaders, int maxHeaderBytes, int maxBoundaryChars) {
    /** The limits used everywhere unless configured otherwise. */
    public static final MailLimits DEFAULT = new MailLimits(200, 10, 500, 64 << 10, 300);

    public MailLimits {
        if (maxParts < 1 || maxDepth < 1 || maxHeaders < 1 || maxHeaderBytes < 100 || maxBoundaryChars < 1) {
            throw new IllegalArgumentException("limits too small for any mail");
        }
    }
}

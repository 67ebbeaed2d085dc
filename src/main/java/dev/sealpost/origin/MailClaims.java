package dev.sealpost.origin;

import org.jspecify.annotations.Nullable;

/**
 * What a mail says of the report that it brings (RFC 8460, section 5.3), and how it was judged. Whoever sends the mail
 * writes the first two, and the report's body is authoritative (section 5.6): they are for comparing and showing.
 *
 * @param reportDomain the policy domain that the mail names: A-labels in lower case, at most 253 characters; null if none
 * @param submitter who submits it, in the same form; null if it does not say
 * @param judgement what was found of its signatures, one line of printable ASCII, at most 200 characters; null if nobody
 *     looked
 */
public record MailClaims(
        @Nullable String reportDomain,
        @Nullable String submitter,
        @Nullable String judgement) {
    private static final int MAX_DOMAIN_CHARS = 253;
    private static final int MAX_JUDGEMENT_CHARS = 200;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a text is empty, too long or not printable ASCII
     */
    public MailClaims {
        require(reportDomain, '!', MAX_DOMAIN_CHARS);
        require(submitter, '!', MAX_DOMAIN_CHARS);
        require(judgement, ' ', MAX_JUDGEMENT_CHARS);
    }

    /** Whether it says nothing, which is as good as no claims. */
    boolean isEmpty() {
        return reportDomain == null && submitter == null && judgement == null;
    }

    private static void require(@Nullable String text, char least, int maxChars) {
        if (text != null
                && (text.isEmpty()
                        || text.length() > maxChars
                        || !text.chars().allMatch(c -> c >= least && c < 0x7f))) {
            throw new IllegalArgumentException("a mail's claim has 1 to " + maxChars + " printable characters");
        }
    }
}

package dev.sealpost.intake.mailbox;

import java.util.List;

import dev.sealpost.mime.ClaimedDomains;
import dev.sealpost.mime.MailKind;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a mail, and who answers for it; not what was read of the reports, which is many times their bytes.
 *
 * @param parts those that are reports or were meant to be, in the order of the mail
 * @param trouble what ended the reading early, in words, or null
 * @param kind what sort of mail it is
 */
record OpenedMail(List<Part> parts, @Nullable String trouble, MailKind kind) {
    OpenedMail {
        parts = List.copyOf(parts);
    }

    /**
     * One of them.
     *
     * @param content decoded, as it would have come over HTTPS
     * @param claimed whom the mail names for it
     * @param judgement who answers for it; null if it is no report that can be read
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Part(byte[] content, ClaimedDomains claimed, Signatures.@Nullable Judgement judgement) {
        /** Whether it may be judged better later. */
        boolean isPending() {
            return judgement != null && judgement.pending();
        }
    }
}

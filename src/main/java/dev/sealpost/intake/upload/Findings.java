package dev.sealpost.intake.upload;

import dev.sealpost.origin.MailClaims;
import org.jspecify.annotations.Nullable;

/** Takes what a walk finds, in the order of the bytes. Names are for people: untrusted, never used as paths. */
interface Findings {
    /** Bytes for the door: a report in any of its containers, or what was meant to be one. */
    default void document(byte[] bytes, String name) throws InterruptedException {
        document(bytes, null, name);
    }

    /**
     * The same, with what is said of it by the mail that it was in.
     *
     * @param claims null if it was in none
     */
    void document(byte[] bytes, @Nullable MailClaims claims, String name) throws InterruptedException;

    /** A mail, or an empty list of reports. */
    void withoutReport();

    /** Something that cannot be handed over. */
    void skipped(Skip why, String name);
}

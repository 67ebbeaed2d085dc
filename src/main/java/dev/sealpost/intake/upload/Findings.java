package dev.sealpost.intake.upload;

/** Takes what a walk finds, in the order of the bytes. Names are for people: untrusted, never used as paths. */
interface Findings {
    /** Bytes for the door: a report in any of its containers, or what was meant to be one. */
    void document(byte[] bytes, String name) throws InterruptedException;

    /** A mail, or an empty list of reports. */
    void withoutReport();

    /** Something that cannot be handed over. */
    void skipped(Skip why, String name);
}

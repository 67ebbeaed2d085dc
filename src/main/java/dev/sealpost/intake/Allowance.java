package dev.sealpost.intake;

/** What a source may still send now. */
public enum Allowance {
    /** As much as it likes. */
    WITHIN,
    /** Only readable reports of watched domains, which are never refused for their rate: senders do not try again. */
    OVER,
    /** As much as it likes while the broker takes it: it can be asked again, so nothing of it goes to the spool. */
    LATER
}

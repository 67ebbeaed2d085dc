package dev.sealpost.store;

import java.time.Instant;

/**
 * One change by hand.
 *
 * @param at when
 * @param who the name of the caller
 * @param what was done, in a word or two
 * @param subject what it was done to
 */
public record AuditEntry(Instant at, String who, String what, String subject) {
    /** Written in the transaction that makes the change. */
    Sql insert() {
        return new Sql("INSERT INTO audit (at, who, what, subject) VALUES (?, ?, ?, ?)", at, who, what, subject);
    }
}

package dev.sealpost.dns;

import java.time.Duration;

/** Asks the DNS. Thread safe; throws nothing for any name or answer. */
public interface Resolver {
    /**
     * The TXT records (RFC 1035, section 3.3.14) of a name, across aliases.
     *
     * @param name a full name in A-label form, with or without the last dot; anything else is {@link Texts.Malformed}
     * @param atMost how long all tries together may take
     */
    Texts texts(String name, Duration atMost);
}

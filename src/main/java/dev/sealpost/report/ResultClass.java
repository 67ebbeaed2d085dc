package dev.sealpost.report;

import java.util.Locale;

/** Groups of result types that call for the same reaction. */
public enum ResultClass {
    /** The MX offered no STARTTLS: the classic sign of a downgrade. */
    STARTTLS,
    /** The MX's certificate did not match, had expired or was not trusted. */
    CERTIFICATE,
    /** The general failure, which some senders use for everything. */
    VALIDATION,
    /** TLSA records or DNSSEC. */
    DANE,
    /** The MTA-STS policy itself. */
    STS,
    /** Every unregistered type. */
    OTHER;

    /** The name used in APIs and metrics, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

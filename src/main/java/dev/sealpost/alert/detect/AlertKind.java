package dev.sealpost.alert.detect;

import java.util.Locale;

/** What a rise of failures most probably is. */
public enum AlertKind {
    /** One reporter, or a few on one route, fail where all others do not: an attack on the way, or a box that acts like one. */
    ATTACK(true),
    /** One reporter fails towards many domains in a way that only its own network can cause. */
    EGRESS(true),
    /** Most reporters of the domain see it: the domain's own servers, or something right in front of them. */
    GLOBAL(false),
    /** A fault of a certificate or a policy that nobody on the way can cause. */
    MISCONFIGURATION(false),
    /** One reporter fails towards many domains: a fault of its resolver, its policy cache or its software. */
    SENDER_FAULT(false),
    /** A reporter still uses an MX that the domain gave up. */
    STALE_DNS(false),
    /** Seen in one report only, of a kind that comes and goes; a second report makes it an attack. */
    TRANSIENT(false);

    private final boolean hostile;

    AlertKind(boolean hostile) {
        this.hostile = hostile;
    }

    /** Whether it looks like somebody acting against the domain's mail. */
    public boolean hostile() {
        return hostile;
    }

    /** The name in the API: lower case, words joined by hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

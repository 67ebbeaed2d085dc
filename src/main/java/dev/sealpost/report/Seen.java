package dev.sealpost.report;

import java.util.Set;

/** Which members of one object have been met; the last of several counts, which I-JSON forbids (RFC 7493, 2.3). */
final class Seen {
    private final Set<Flag> flags;
    private int members;

    Seen(Set<Flag> flags) {
        this.flags = flags;
    }

    /** Notes a member, given as one bit. */
    void add(int member) {
        if ((members & member) != 0) {
            flags.add(Flag.DUPLICATE_KEYS);
        }
        members |= member;
    }

    boolean has(int member) {
        return (members & member) != 0;
    }

    boolean none() {
        return members == 0;
    }
}

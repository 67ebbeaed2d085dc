package dev.sealpost.dns;

import java.util.List;

/** What the DNS says about a name's TXT records. No reason holds text of the answer. */
public sealed interface Texts {
    /**
     * There are some.
     *
     * @param records the strings of each record, joined; one character a byte (ISO 8859-1)
     * @param authenticated whether the answer was verified with DNSSEC, by a resolver that can be believed to have done so
     */
    record Found(List<String> records, boolean authenticated) implements Texts {
        public Found {
            records = List.copyOf(records);
        }
    }

    /**
     * The name is not there or has none.
     *
     * @param authenticated as for those that were found
     */
    record Absent(boolean authenticated) implements Texts {}

    /**
     * Nothing is known now: no answer in time, or a server in trouble.
     *
     * @param reason one line
     */
    record Temporary(String reason) implements Texts {}

    /**
     * The name or the answer is not what it should be, or more than is read.
     *
     * @param reason one line
     */
    record Malformed(String reason) implements Texts {}
}

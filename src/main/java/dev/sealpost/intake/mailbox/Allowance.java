package dev.sealpost.intake.mailbox;

/**
 * What a server may say in one operation.
 *
 * @param bytes all of it
 * @param lines line ends outside literals
 * @param literal the largest announced run of bytes (RFC 9051, section 4.3), in bytes
 */
record Allowance(long bytes, long lines, long literal) {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    /** A dialogue of a few short lines: greeting, sign-in, a flag. */
    static final Allowance TALK = new Allowance(256 * KIB, 2_000, 16 * KIB);

    /** Names of folders, or numbers of mails. */
    static final Allowance LIST = new Allowance(2 * MIB, 25_000, 16 * KIB);

    /** Mails; a server may be wrong about their sizes by a quarter, and says some more of each. */
    static Allowance mails(int count, long expectedBytes, long largest) {
        return new Allowance(
                expectedBytes + expectedBytes / 4 + MIB + count * KIB, 4_000 + 8L * count, largest + largest / 4);
    }

    /** A mail and answers as POP3 has them: lines. */
    static Allowance lines(long expectedBytes) {
        return new Allowance(expectedBytes + expectedBytes / 4 + MIB, Long.MAX_VALUE, Long.MAX_VALUE);
    }
}

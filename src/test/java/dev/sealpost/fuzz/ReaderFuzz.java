package dev.sealpost.fuzz;

/** Fuzz target: bytes as a sender may post them, to the reader.. */
public final class ReaderFuzz {
    private ReaderFuzz() {}

    /** Loads what is needed, outside the time of any input. */
    public static void fuzzerInitialize() {
        Seeds.of(ReaderFuzz.class).forEach(ReaderFuzz::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Invariants.read(input);
    }
}

package dev.sealpost.fuzz;

import dev.sealpost.report.Reason;
import dev.sealpost.report.Rejection;

/** Fuzz target with a fault on purpose: it breaks on what no seed is, a container or JSON that ends too early. */
public final class PlantedFuzz {
    private PlantedFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Invariants.require(
                !(Invariants.read(input) instanceof Rejection why && why.reason() == Reason.TRUNCATED), "planted");
    }
}

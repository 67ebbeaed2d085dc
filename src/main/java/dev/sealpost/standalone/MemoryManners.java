package dev.sealpost.standalone;

import java.lang.management.ManagementFactory;
import java.util.Map;

import com.sun.management.HotSpotDiagnosticMXBean;

/** Gives unused heap back to the machine; {@code java -jar} takes no flags, but some can be set at run time. */
public final class MemoryManners {
    private static final Map<String, String> OPTIONS = Map.of(
            "MinHeapFreeRatio", "10",
            "MaxHeapFreeRatio", "20",
            "G1PeriodicGCInterval", "60000");

    private MemoryManners() {}

    /** Sets the options that this virtual machine has; others are no error. */
    public static void apply() {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (machine == null) {
            return;
        }
        OPTIONS.forEach((option, value) -> {
            try {
                machine.setVMOption(option, value);
            } catch (IllegalArgumentException e) {
                // Another collector or another machine: its own ways apply.
                return;
            }
        });
    }

    /** Collects what the start left behind, once, so that the memory is free before the first work. */
    public static void afterStart() {
        apply();
        System.gc();
    }
}

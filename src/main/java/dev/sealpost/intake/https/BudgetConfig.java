package dev.sealpost.intake.https;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What one source (IPv4 address, IPv6 /64) may send in ten minutes; its /24 or /48 four times that. */
@ConfigMapping(prefix = "sealpost.intake.budget")
public interface BudgetConfig {
    /** Bodies without a report. */
    @WithDefault("100")
    int junk();

    /** Bytes of bodies, as sent. */
    @WithDefault("256M")
    MemorySize bytes();
}

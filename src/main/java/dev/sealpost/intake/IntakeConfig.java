package dev.sealpost.intake;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.sealpost.report.Limits;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of the door. */
@ConfigMapping(prefix = "sealpost.intake")
public interface IntakeConfig {
    /** Largest body taken, as sent. */
    @WithDefault("10M")
    MemorySize maxBody();

    /** Largest report after unpacking, over all layers and members together. */
    @WithDefault("32M")
    MemorySize maxJson();

    /** Unpacked bytes in memory at once; further requests wait with their packed body. */
    @WithDefault("96M")
    MemorySize maxInFlight();

    /** How long a request waits in all before it is answered 503. Senders give up after 10 s. */
    @WithDefault("3500ms")
    Duration patience();

    /** How long of this it waits for the broker before its report goes to the spool. */
    @WithDefault("3s")
    Duration brokerPatience();

    /** Networks (CIDR) whose reports count as verified, for example one's own relay. */
    Optional<List<String>> trustedSources();

    /**
     * Bytes of the largest report that is read, after unpacking: as configured, but no more than an eighth of the heap, since
     * text, objects and what goes to the broker take four times that at once.
     */
    default int largestReport() {
        return Math.toIntExact(
                Math.min(maxJson().asLongValue(), Runtime.getRuntime().maxMemory() / 8));
    }

    /** The reader's limits. */
    default Limits limits() {
        return Limits.DEFAULT.withMaxJsonBytes(largestReport());
    }
}

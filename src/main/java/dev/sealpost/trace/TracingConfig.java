package dev.sealpost.trace;

import java.net.URI;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether the way of reports is traced, and where to. */
@ConfigMapping(prefix = "sealpost.tracing")
public interface TracingConfig {
    /** Address of a collector that takes OTLP over HTTP, with its path; nothing is traced without one. */
    Optional<URI> endpoint();

    /** Share of the reports that are traced, 0 to 1; the same ones in every process of equal share. */
    @WithDefault("1")
    double share();
}

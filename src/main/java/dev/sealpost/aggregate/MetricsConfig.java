package dev.sealpost.aggregate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is told of single domains. */
@ConfigMapping(prefix = "sealpost.metrics")
public interface MetricsConfig {
    /** Series of each watched domain, as long as no more than so many are watched; 0 is never. */
    @WithDefault("1000")
    int domains();
}

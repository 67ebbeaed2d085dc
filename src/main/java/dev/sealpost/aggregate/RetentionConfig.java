package dev.sealpost.aggregate;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long things are kept. */
@ConfigMapping(prefix = "sealpost.retention")
public interface RetentionConfig {
    /** Reports of domains that nobody claimed, from their arrival at the door. */
    @WithDefault("30d")
    Duration unclaimed();
}

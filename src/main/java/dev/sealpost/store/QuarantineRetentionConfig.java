package dev.sealpost.store;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long the quarantine keeps an entry. */
@ConfigMapping(prefix = "sealpost.retention")
public interface QuarantineRetentionConfig {
    /** Counted from the last time the same bytes came. */
    @WithDefault("30d")
    Duration quarantine();
}

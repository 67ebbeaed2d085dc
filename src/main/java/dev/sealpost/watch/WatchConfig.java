package dev.sealpost.watch;

import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which domains are watched. */
@ConfigMapping(prefix = "sealpost.watch")
public interface WatchConfig {
    /** The domains, as A-labels or U-labels. */
    Optional<List<String>> domains();

    /** Watches every domain that a report names. */
    @WithDefault("false")
    boolean auto();
}

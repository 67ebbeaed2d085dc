package dev.sealpost.access;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Who may call. */
@ConfigMapping(prefix = "sealpost")
public interface AccessConfig {
    /** The bootstrap administrator's key, 32 or more printable characters; valid while set, never stored. */
    Optional<String> adminKey();
}

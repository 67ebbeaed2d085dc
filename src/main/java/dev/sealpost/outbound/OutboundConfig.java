package dev.sealpost.outbound;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Connections to addresses that users choose, such as those of webhooks. */
@ConfigMapping(prefix = "sealpost.outbound")
public interface OutboundConfig {
    /** Networks that may be reached although they are not of the public internet; only for channels of the operator. */
    Optional<List<String>> allow();

    /** A PEM file of authorities that are trusted beside the usual ones. */
    Optional<Path> trust();

    /** For the name, the connection and TLS. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** For the whole call. */
    @WithDefault("10s")
    Duration timeout();
}

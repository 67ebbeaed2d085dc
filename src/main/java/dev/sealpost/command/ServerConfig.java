package dev.sealpost.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the start itself reads, before the server; mapped so that nothing else of this prefix is taken for a setting. */
@ConfigMapping(prefix = "sealpost")
public interface ServerConfig {
    /** Directory for keys and the embedded parts. */
    @WithDefault("data")
    Path dataDir();

    /** What this process does; all of it if not set. */
    @WithDefault("intake,mailbox,aggregator,api,alerts")
    Set<ProcessRole> roles();

    /** File that holds the admin key. */
    Optional<Path> adminKeyFile();
}

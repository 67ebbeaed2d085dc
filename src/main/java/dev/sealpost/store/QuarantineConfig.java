package dev.sealpost.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much the quarantine keeps. One source (network, mailbox, uploader) holds an eighth of it at the most. */
@ConfigMapping(prefix = "sealpost.quarantine")
public interface QuarantineConfig {
    /** Bytes of all entries together. */
    @WithDefault("256M")
    MemorySize maxBytes();

    /** Entries. */
    @WithDefault("100000")
    long maxEntries();
}

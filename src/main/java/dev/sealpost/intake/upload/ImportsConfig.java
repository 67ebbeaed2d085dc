package dev.sealpost.intake.upload;

import java.nio.file.Path;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Imports over REST. */
@ConfigMapping(prefix = "sealpost.imports")
public interface ImportsConfig {
    /** Largest upload. The command line has no such limit. */
    @WithDefault("1G")
    MemorySize maxBytes();

    /** Where uploads wait until they are read. */
    @WithDefault("${sealpost.data-dir:data}/imports")
    Path directory();
}

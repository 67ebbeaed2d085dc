package dev.sealpost.http;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Exports of all rows. */
@ConfigMapping(prefix = "sealpost.export")
public interface ExportConfig {
    /** How long an export may take; who reads it slower than that is cut off, and its connection to the database is free. */
    @WithDefault("10m")
    Duration deadline();
}

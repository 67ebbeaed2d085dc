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

    /** The originals of reports. */
    @WithDefault("400d")
    Duration raw();

    /** What was read of reports. Not shorter than their originals. */
    @WithDefault("800d")
    Duration reports();

    /** The daily tables, from their day on; {@code off} keeps them. Not shorter than the reports. */
    @WithDefault("off")
    String daily();
}

package dev.sealpost.intake.spool;

import java.nio.file.Path;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The disk queue. */
@ConfigMapping(prefix = "sealpost.intake.spool")
public interface SpoolConfig {
    /** Without it a report is answered 503 while the broker is away. */
    @WithDefault("true")
    boolean enabled();

    /** Its directory, on a local disk; one process has it at a time. {@code spool} in the data directory if not set. */
    Optional<Path> directory();

    /** Bytes on disk at the most; above them reports are answered 503. */
    @WithDefault("8G")
    MemorySize maxSize();

    /** Bytes of the disk that are left to others; with less free, reports are answered 503. */
    @WithDefault("256M")
    MemorySize minFree();

    /** Reports a second at the most when the spool is emptied, so that live reports keep their speed. */
    @WithDefault("10000")
    int drainRate();
}

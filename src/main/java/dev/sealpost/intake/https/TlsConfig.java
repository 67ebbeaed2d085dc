package dev.sealpost.intake.https;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** The certificate of the public HTTPS port; both or none. */
@ConfigMapping(prefix = "sealpost.tls")
public interface TlsConfig {
    /** PEM file: the server's certificate, then those that lead to a root. */
    Optional<Path> certificate();

    /** PEM file: its private key, without a password. */
    Optional<Path> key();
}

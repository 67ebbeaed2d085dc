package dev.sealpost.intake.https;

import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may connect, and how much of it is held. */
@ConfigMapping(prefix = "sealpost.intake")
public interface HttpsConfig {
    String TRUSTED_PROXIES = "sealpost.intake.trusted-proxies";

    /** Own reverse proxies (CIDR): the source is what they forward, and they have no limit of connections. */
    Optional<List<String>> trustedProxies();

    /** Open connections of one source (IPv4 address, IPv6 /64). */
    @WithDefault("200")
    int maxConnectionsPerSource();

    /** Bytes of bodies, as sent, in memory at once; above it no more is read from the network. */
    @WithDefault("32M")
    MemorySize maxBuffered();
}

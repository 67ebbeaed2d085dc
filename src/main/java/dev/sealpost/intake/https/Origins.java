package dev.sealpost.intake.https;

import java.net.InetAddress;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.access.IntakeKeys;
import dev.sealpost.intake.IntakeConfig;
import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;

/** Says where a request comes from. HTTPS has no sender authentication: all is unverified but the configured networks. */
@Singleton
@Startup // a wrong network stops the start, not the first request
class Origins {
    private final Clock clock;
    private final IntakeKeys keys;
    private final Networks trusted;
    private final Forwarded forwarded;

    Origins(Clock clock, IntakeKeys keys, IntakeConfig config, HttpsConfig https) {
        this.clock = clock;
        this.keys = keys;
        this.trusted = Networks.parse("sealpost.intake.trusted-sources", config.trustedSources());
        this.forwarded = new Forwarded(Networks.parse(HttpsConfig.TRUSTED_PROXIES, https.trustedProxies()));
    }

    /** The origin of a request to the address of a key; empty if the key is not good. */
    Optional<Origin> of(HttpServerRequest request, String key) {
        return keys.tenant(key).map(tenant -> of(request).withTenant(tenant));
    }

    /** The origin of a request to the open address. */
    Origin of(HttpServerRequest request) {
        Forwarded.Source source =
                forwarded.of(InetAddress.ofLiteral(request.remoteAddress().hostAddress()), request.headers());
        return new Origin(
                UUID.randomUUID(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Channel.HTTPS,
                source.address().getHostAddress(),
                source.certain() && trusted.contain(source.address())
                        ? Provenance.TRUSTED_SOURCE
                        : Provenance.UNVERIFIED,
                null);
    }
}

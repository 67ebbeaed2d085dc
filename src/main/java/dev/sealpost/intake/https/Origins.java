package dev.sealpost.intake.https;

import java.net.InetAddress;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.intake.IntakeConfig;
import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import io.vertx.core.http.HttpServerRequest;

/** Says where a request comes from. HTTPS has no sender authentication: all is unverified but the configured networks. */
@Singleton
class Origins {
    private final Clock clock;
    private final List<Cidr> trusted;

    Origins(Clock clock, IntakeConfig config) {
        this.clock = clock;
        this.trusted = config.trustedSources().orElse(List.of()).stream()
                .map(Origins::network)
                .toList();
    }

    private static Cidr network(String text) {
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "sealpost.intake.trusted-sources: '" + text + "' is no network, allowed are such as 192.0.2.0/24");
        }
    }

    Origin of(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        return new Origin(
                UUID.randomUUID(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Channel.HTTPS,
                peer,
                trusts(peer) ? Provenance.TRUSTED_SOURCE : Provenance.UNVERIFIED,
                null);
    }

    private boolean trusts(String peer) {
        if (trusted.isEmpty()) {
            return false;
        }
        InetAddress address = InetAddress.ofLiteral(peer);
        return trusted.stream().anyMatch(network -> network.contains(address));
    }
}

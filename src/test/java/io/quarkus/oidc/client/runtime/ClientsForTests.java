package io.quarkus.oidc.client.runtime;

import java.util.function.Function;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.common.runtime.OidcTlsSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Makes the clients that the application makes, without the application. */
public final class ClientsForTests {
    private ClientsForTests() {}

    public static Function<OidcClientConfig, Uni<OidcClient>> with(Vertx vertx) {
        return config -> OidcClientRecorder.createOidcClientUni(
                config, config.id().orElseThrow(), vertx, OidcTlsSupport.empty(), _ -> java.util.Optional.empty());
    }
}

package dev.sealpost.intake.https;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What every request of the public ports meets first: the headers of its answer, and its deadlines. */
@Singleton
class DoorRoute {
    /** Behind the access log, which has to see all, and before everything else. */
    private static final int BEFORE_ALL = Integer.MIN_VALUE + 1;

    private final DoorMetrics metrics;

    DoorRoute(
            DoorMetrics metrics,
            HttpsConfig config,
            @ConfigProperty(name = "quarkus.http.limits.max-connections") int maxConnections,
            @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int managementPort) {
        this.metrics = metrics;
        Connections connections = new Connections(
                Networks.parse(HttpsConfig.TRUSTED_PROXIES, config.trustedProxies()),
                maxConnections,
                config.maxConnectionsPerSource());
        DoorChannels.open(new DoorChannels.Door(
                () -> new ConnectionGuard(connections, metrics), managementPort, () -> metrics.cut(Cut.ANSWER)));
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL).handler(this::receive);
    }

    private void receive(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (request.isSSL()) {
            response.putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        Channel channel = ((HttpServerConnection) request.connection()).channel();
        ConnectionGuard guard = ConnectionGuard.of(channel);
        if (guard != null) {
            guard.began(request.version() == HttpVersion.HTTP_2);
            BodyDeadline body = new BodyDeadline(request, channel, guard, metrics);
            context.addEndHandler(end -> channel.eventLoop().execute(() -> {
                body.calm();
                guard.ended(channel);
            }));
        }
        context.next();
    }
}

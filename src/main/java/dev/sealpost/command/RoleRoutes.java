package dev.sealpost.command;

import java.util.Set;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.sealpost.http.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Closes the doors of roles that this process does not have. */
@Singleton
class RoleRoutes {
    private static final int BEFORE_ALL = -10_000;

    private final Set<ProcessRole> roles;

    RoleRoutes(ServerConfig config) {
        this.roles = config.roles();
    }

    void register(@Observes Router router) {
        if (!roles.contains(ProcessRole.INTAKE)) {
            router.route("/tlsrpt*").order(BEFORE_ALL).handler(RoleRoutes::refuse);
        }
        if (!roles.contains(ProcessRole.API)) {
            router.route("/api/*").order(BEFORE_ALL).handler(RoleRoutes::refuse);
        }
    }

    private static void refuse(RoutingContext context) {
        context.response()
                .setStatusCode(404)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(JsonObject.mapFrom(Problem.of(404, "not-found", "this process does not have that role"))
                        .toBuffer());
    }
}

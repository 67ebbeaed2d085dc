package dev.sealpost.intake.upload;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.sealpost.http.Problem;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Bodies may be large where files are imported, and nowhere else. The framework has one limit for all addresses, which is
 * that of imports (quarkus.http.limits.max-body-size); what is lower stands here.
 */
@Singleton
class BodyLimits {
    private static final long OTHERS = 64L << 20;

    /** So long a client has to read the answer before the connection is closed on it. */
    private static final long LINGER_MILLIS = 1_000;

    private final long imports;

    BodyLimits(ImportsConfig config) {
        this.imports = config.maxBytes().asLongValue();
    }

    void register(@Observes Router router) {
        // What is announced, before the framework answers without a problem; and what is not, after it noted its limit.
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1).handler(this::refuseAnnounced);
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1).handler(this::limitUnannounced);
    }

    private long limit(RoutingContext context) {
        return ImportsResource.PATH.equals(context.normalizedPath()) ? imports : OTHERS;
    }

    private void refuseAnnounced(RoutingContext context) {
        long limit = limit(context);
        if (announced(context.request().getHeader(HttpHeaders.CONTENT_LENGTH)) <= limit) {
            context.next();
            return;
        }
        Problem problem = Problem.of(413, "too-large", "a body may have " + limit + " bytes here");
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(JsonObject.mapFrom(problem).toBuffer());
        context.vertx()
                .setTimer(LINGER_MILLIS, late -> context.request().connection().close());
    }

    private void limitUnannounced(RoutingContext context) {
        if (context.get(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY) != null) {
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit(context));
        }
        context.next();
    }

    private static long announced(@Nullable String contentLength) {
        try {
            return contentLength == null ? 0 : Long.parseLong(contentLength);
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }
}

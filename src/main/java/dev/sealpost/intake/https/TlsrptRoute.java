package dev.sealpost.intake.https;

import java.util.UUID;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.sealpost.http.Problem;
import dev.sealpost.http.UnexpectedErrors;
import dev.sealpost.intake.Allowance;
import dev.sealpost.intake.Intake;
import dev.sealpost.intake.IntakeConfig;
import dev.sealpost.intake.Verdict;
import dev.sealpost.origin.Origin;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code POST /tlsrpt}: takes reports from anybody (RFC 8460, section 5.4). A route of its own and no REST resource,
 * because the bytes alone decide here: media types, encodings and what a client claims to accept never refuse a report,
 * and a body is read without a thread waiting for it.
 */
@Singleton
class TlsrptRoute {
    private static final String RETRY_SECONDS = "60";

    /** Before the framework's own limit of bodies, which answers without a problem. */
    private static final int FIRST = -1_000;

    /** So long a client has to read the answer before a connection is closed on it. */
    private static final long LINGER_MILLIS = 1_000;

    private final Intake intake;
    private final Origins origins;
    private final UnexpectedErrors errors;
    private final int maxBody;

    TlsrptRoute(Intake intake, Origins origins, UnexpectedErrors errors, IntakeConfig config) {
        this.intake = intake;
        this.origins = origins;
        this.errors = errors;
        this.maxBody = Math.toIntExact(config.maxBody().asLongValue());
    }

    void register(@Observes Router router) {
        router.route("/tlsrpt").order(FIRST).handler(context -> take(context, true));
        router.route("/tlsrpt/").order(FIRST).handler(context -> take(context, true));
        router.route("/tlsrpt/:key").order(FIRST).handler(context -> take(context, false));
    }

    private void take(RoutingContext context, boolean known) {
        HttpServerRequest request = context.request();
        if (request.method().equals(HttpMethod.OPTIONS)) {
            context.response()
                    .putHeader(HttpHeaders.ALLOW, "POST")
                    .setStatusCode(204)
                    .end();
        } else if (!request.method().equals(HttpMethod.POST)) {
            context.response().putHeader(HttpHeaders.ALLOW, "POST");
            refuse(
                    context,
                    Problem.of(
                            405, "method-not-allowed", "SMTP TLS reports (RFC 8460) are sent to this address by POST"));
        } else if (!known) {
            refuse(context, Problem.of(404, "unknown-key", "no such address"));
        } else {
            // Now and not when the body is there: a client that does not wait for the answer may be gone by then.
            Origin origin = origins.of(request);
            BodyReader.read(request, maxBody)
                    .onComplete(body -> Thread.startVirtualThread(() -> answer(context, body, origin)), failure -> {
                        if (failure instanceof BodyReader.TooLargeException) {
                            refuseUnread(context);
                        }
                    });
        }
    }

    /** The rest of the body is not read, so the connection cannot be used again. */
    private void refuseUnread(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        refuse(context, intake.tooLarge());
        context.vertx().setTimer(LINGER_MILLIS, late -> connection.close());
    }

    private void answer(RoutingContext context, byte[] body, Origin origin) {
        try {
            switch (intake.accept(body, origin, Allowance.WITHIN)) {
                case Verdict.Accepted(UUID receipt) ->
                    send(
                            context,
                            200,
                            "application/json",
                            JsonObject.of("status", "accepted", "receipt", receipt.toString()));
                case Verdict.Refused refused -> refuse(context, refused);
                case Verdict.OverBudget() ->
                    refuse(context, Problem.of(429, "over-budget", "too much of this from you"));
                case Verdict.Unavailable() -> unavailable(context);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            unavailable(context);
        } catch (VirtualMachineError broken) {
            // Half alive helps nobody; what was acknowledged is on disk.
            Runtime.getRuntime().halt(1);
        } catch (Throwable surprise) {
            refuse(context, errors.note(surprise));
        }
    }

    private static void unavailable(RoutingContext context) {
        context.response().putHeader("Retry-After", RETRY_SECONDS);
        refuse(context, Problem.of(503, "unavailable", "the report could not be kept; please send it again"));
    }

    private static void refuse(RoutingContext context, Verdict.Refused refused) {
        refuse(context, Problem.of(refused.tooLarge() ? 413 : 400, refused.reason(), refused.detail()));
    }

    private static void refuse(RoutingContext context, Problem problem) {
        send(context, problem.status(), Problem.MEDIA_TYPE, JsonObject.mapFrom(problem));
    }

    private static void send(RoutingContext context, int status, String type, JsonObject body) {
        HttpServerResponse response = context.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, type)
                    .end(body.toBuffer());
        }
    }
}

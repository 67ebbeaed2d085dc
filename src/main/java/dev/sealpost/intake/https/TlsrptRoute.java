package dev.sealpost.intake.https;

import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.sealpost.http.Problem;
import dev.sealpost.http.UnexpectedErrors;
import dev.sealpost.intake.IntakeConfig;
import dev.sealpost.intake.Verdict;
import dev.sealpost.origin.Origin;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

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

    /** Ends an HTTP/2 stream whose answer is complete (RFC 9113, section 8.1). */
    private static final long NO_ERROR = 0;

    /** So long a client has to read the answer before a connection is closed on it. */
    private static final long LINGER_MILLIS = 1_000;

    /** How often bodies that wait for room are looked after. */
    private static final long TICK_MILLIS = 50;

    private final Turnstile turnstile;
    private final Origins origins;
    private final UnexpectedErrors errors;
    private final BodyRoom room;
    private final int maxBody;

    TlsrptRoute(Turnstile turnstile, Origins origins, UnexpectedErrors errors, IntakeConfig config, HttpsConfig https) {
        this.turnstile = turnstile;
        this.origins = origins;
        this.errors = errors;
        this.maxBody = Math.toIntExact(config.maxBody().asLongValue());
        // Room for two of the largest, so that one that grows never waits for itself.
        this.room = new BodyRoom(Math.max(https.maxBuffered().asLongValue(), 4L * maxBody), System::nanoTime);
    }

    void register(@Observes Router router, Vertx vertx) {
        vertx.setPeriodic(TICK_MILLIS, tick -> room.tick());
        router.route("/tlsrpt").order(FIRST).handler(context -> take(context, null));
        router.route("/tlsrpt/").order(FIRST).handler(context -> take(context, null));
        router.route("/tlsrpt/:key").order(FIRST).handler(context -> take(context, context.pathParam("key")));
    }

    private void take(RoutingContext context, @Nullable String key) {
        HttpServerRequest request = context.request();
        if (request.headers().contains(HttpHeaders.ACCEPT_ENCODING)) {
            // A hundred bytes are not worth packing, which takes a quarter of a megabyte of memory each time.
            context.response().putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        }
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
        } else {
            // Now and not when the body is there: a client that does not wait for the answer may be gone by then.
            Optional<Origin> known = key == null ? Optional.of(origins.of(request)) : origins.of(request, key);
            if (known.isEmpty()) {
                refuse(context, Problem.of(404, "unknown-key", "no such address"));
                return;
            }
            Origin origin = known.get();
            Prefix source = Prefix.wide(InetAddress.ofLiteral(origin.source()));
            BodyReader.read(request, maxBody, room, source)
                    .onComplete(
                            body -> Thread.startVirtualThread(() -> answer(context, body, origin)),
                            failure -> refuseUnread(context, failure, origin));
        }
    }

    /** The rest of the body is not read, so the connection cannot be used again; of HTTP/2 only the stream. */
    private void refuseUnread(RoutingContext context, Throwable failure, Origin origin) {
        HttpServerRequest request = context.request();
        boolean multiplexed = request.version() == HttpVersion.HTTP_2;
        if (!multiplexed) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        switch (failure) {
            case BodyReader.TooLargeException large -> refuse(context, turnstile.tooLarge(origin));
            case BodyReader.CrowdedOutException crowded -> unavailable(context);
            default -> {
                // It broke off: nobody is there to answer.
            }
        }
        HttpConnection connection = request.connection();
        context.vertx().setTimer(LINGER_MILLIS, late -> {
            if (multiplexed) {
                context.response().reset(NO_ERROR);
            } else {
                connection.close();
            }
        });
    }

    private void answer(RoutingContext context, BodyReader.Whole body, Origin origin) {
        try {
            switch (turnstile.take(body.bytes(), origin)) {
                case Verdict.Accepted(UUID receipt) ->
                    send(
                            context,
                            200,
                            "application/json",
                            Buffer.buffer("{\"status\":\"accepted\",\"receipt\":\"" + receipt + "\"}"));
                case Verdict.Refused refused -> refuse(context, refused);
                case Verdict.OverBudget() -> overBudget(context, origin);
                case Verdict.Unavailable() -> unavailable(context);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            unavailable(context);
        } catch (VirtualMachineError broken) {
            // Ends the process; what was acknowledged is on disk.
            throw broken;
        } catch (Throwable surprise) {
            refuse(context, errors.note(surprise));
        } finally {
            body.room().close();
        }
    }

    private void overBudget(RoutingContext context, Origin origin) {
        context.response().putHeader("Retry-After", String.valueOf(turnstile.retrySeconds(origin)));
        refuse(context, Problem.of(429, "over-budget", "this source sent too much, or too much that is no report"));
    }

    private static void unavailable(RoutingContext context) {
        context.response().putHeader("Retry-After", RETRY_SECONDS);
        refuse(context, Problem.of(503, "unavailable", "the report could not be kept; please send it again"));
    }

    private static void refuse(RoutingContext context, Verdict.Refused refused) {
        refuse(context, Problem.of(refused.tooLarge() ? 413 : 400, refused.reason(), refused.detail()));
    }

    private static void refuse(RoutingContext context, Problem problem) {
        send(
                context,
                problem.status(),
                Problem.MEDIA_TYPE,
                JsonObject.mapFrom(problem).toBuffer());
    }

    private static void send(RoutingContext context, int status, String type, Buffer body) {
        HttpServerResponse response = context.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, type)
                    .end(body);
        }
    }
}

package dev.sealpost.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import jakarta.inject.Singleton;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 call to an address that was checked. A connection is used once. */
@Singleton
class Caller {
    private static final int MAX_LINE = 4 << 10;
    private static final int MAX_HEADERS = 16 << 10;

    /** Calls at once to one place, so that many channels of one service do not wait for each other. */
    private static final int AT_ONCE = 200;

    private final HttpClient client;
    private final Duration connect;
    private final Duration timeout;

    Caller(Vertx vertx, OutboundConfig config) {
        this.connect = config.connectTimeout();
        this.timeout = config.timeout();
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setMaxPoolSize(AT_ONCE)
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setDecompressionSupported(false)
                .setConnectTimeout(Math.toIntExact(connect.toMillis()))
                .setSslHandshakeTimeout(connect.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setVerifyHost(true);
        config.trust().ifPresent(file -> options.setTrustOptions(Authorities.with(file)));
        this.client = vertx.createHttpClient(options);
    }

    /** Posts, and reads the beginning of the answer. */
    Reply post(InetAddress address, Target target, Map<String, String> headers, byte[] body) throws OutboundException {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                // Connected to is this address; the name is for TLS and the Host header alone.
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.tls())
                .setURI(target.path())
                .setFollowRedirects(false)
                .setConnectTimeout(connect.toMillis());
        headers.forEach(request::putHeader);
        AtomicReference<@Nullable HttpConnection> open = new AtomicReference<>();
        AtomicReference<@Nullable Reading> begun = new AtomicReference<>();
        CompletableFuture<Reply> answered = new CompletableFuture<>();
        client.request(request)
                .compose(sent -> {
                    open.set(sent.connection());
                    if (answered.isDone()) {
                        // Too late: nobody waits any more, and what is sent now would be sent twice.
                        sent.connection().close();
                    }
                    return sent.send(Buffer.buffer(body));
                })
                .onFailure(answered::completeExceptionally)
                .onSuccess(response -> {
                    Reading reading = new Reading(response, answered);
                    begun.set(reading);
                    reading.begin();
                });
        try {
            return answered.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            Reading reading = begun.get();
            if (reading != null) {
                return reading.statusAlone();
            }
            throw OutboundException.failed(
                    target.origin() + " does not answer in time (" + timeout.toSeconds() + " s)", late);
        } catch (ExecutionException broken) {
            Throwable trouble = Objects.requireNonNullElse(broken.getCause(), broken);
            throw OutboundException.failed(target.origin() + " " + Words.of(trouble), trouble);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw OutboundException.failed("the server is stopping", stopping);
        } finally {
            close(open.get(), answered);
        }
    }

    private static void close(@Nullable HttpConnection connection, CompletableFuture<Reply> answered) {
        answered.cancel(false);
        if (connection != null) {
            connection.close();
        }
    }

    /** Takes what comes until there is enough. */
    private static final class Reading {
        private final HttpClientResponse response;
        private final CompletableFuture<Reply> answered;
        private final Buffer read = Buffer.buffer();

        Reading(HttpClientResponse response, CompletableFuture<Reply> answered) {
            this.response = response;
            this.answered = answered;
        }

        void begin() {
            response.handler(more -> {
                read.appendBuffer(more, 0, Math.min(more.length(), Reply.MAX_BYTES - read.length()));
                if (read.length() >= Reply.MAX_BYTES) {
                    done();
                }
            });
            response.endHandler(_ -> done());
            // The status is there: what it was sent with is not needed.
            response.exceptionHandler(_ -> done());
        }

        private void done() {
            answered.complete(reply(read.toString()));
        }

        /** What it was sent with never ends, but what became of the call is known. */
        Reply statusAlone() {
            return reply("");
        }

        private Reply reply(String body) {
            return new Reply(response.statusCode(), body, RetryAfter.of(response.getHeader("Retry-After")));
        }
    }
}

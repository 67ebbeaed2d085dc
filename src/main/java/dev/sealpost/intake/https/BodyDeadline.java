package dev.sealpost.intake.https;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Ends a request whose body does not come in time. Lives on the connection's event loop. */
final class BodyDeadline {
    /** HTTP/2: the stream is no longer wanted. */
    private static final long CANCEL = 8;

    private final HttpServerRequest request;
    private final Channel channel;
    private final ConnectionGuard guard;
    private final DoorMetrics metrics;
    private final long began = System.nanoTime();
    private final long receivedBefore;
    private Future<?> next;

    BodyDeadline(HttpServerRequest request, Channel channel, ConnectionGuard guard, DoorMetrics metrics) {
        this.request = request;
        this.channel = channel;
        this.guard = guard;
        this.metrics = metrics;
        this.receivedBefore = guard.received();
        this.next = in(Deadlines.BODY);
    }

    private Future<?> in(Duration time) {
        return channel.eventLoop().schedule(this::check, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void check() {
        if (request.isEnded()) {
            return;
        }
        Duration allowed = Deadlines.body(guard.received() - receivedBefore);
        Duration left = allowed.minusNanos(System.nanoTime() - began);
        if (left.isPositive()) {
            next = in(left);
            return;
        }
        metrics.cut(Cut.BODY);
        if (request.version() == HttpVersion.HTTP_2) {
            // Other streams of the connection, such as a proxy's, are none of this one's business.
            request.response().reset(CANCEL);
        } else {
            request.connection().close();
        }
    }

    /** The request is over. */
    void calm() {
        next.cancel(false);
    }
}

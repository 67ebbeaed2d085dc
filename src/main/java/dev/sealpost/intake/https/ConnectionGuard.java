package dev.sealpost.intake.https;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import org.jspecify.annotations.Nullable;

/**
 * Stands at the wire of one connection: lets it in or not, and cuts it when a request is not there in time. It sees bytes
 * only; {@link DoorRoute} tells it where requests begin and end. Lives on the connection's event loop alone.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<ConnectionGuard> KEY = AttributeKey.valueOf(ConnectionGuard.class, "guard");

    private final Connections connections;
    private final DoorMetrics metrics;
    private @Nullable Future<?> deadline;
    private int requests;
    private boolean multiplexed;
    private boolean headersBegan = true;
    private long received;

    ConnectionGuard(Connections connections, DoorMetrics metrics) {
        this.connections = connections;
        this.metrics = metrics;
    }

    /** The guard of a connection; null where none stands, such as in front of the management port. */
    static @Nullable ConnectionGuard of(Channel channel) {
        return channel.attr(KEY).get();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        InetAddress peer = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
        if (!connections.open(peer)) {
            metrics.refusedConnection();
            ChannelFuture _ = context.close();
            return;
        }
        // Not when this handler sees the end: an upgrade to HTTP/2 takes all handlers out.
        GenericFutureListener<Future<Void>> left = _ -> leave(peer);
        context.channel().closeFuture().addListener(left);
        context.channel().attr(KEY).set(this);
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls == null) {
            within(context.channel(), Deadlines.HEADERS, Cut.HEADERS);
        } else {
            // The handshake has a deadline of its own, in the TLS configuration.
            GenericFutureListener<Future<Channel>> shaken = done -> {
                if (done.isSuccess() && requests == 0) {
                    within(context.channel(), Deadlines.HEADERS, Cut.HEADERS);
                }
            };
            tls.handshakeFuture().addListener(shaken);
        }
        context.fireChannelActive();
    }

    private void leave(InetAddress peer) {
        calm();
        connections.close(peer);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            received += bytes.readableBytes();
        }
        // A connection of HTTP/2 has other things to say between requests.
        if (requests == 0 && !headersBegan && !multiplexed) {
            headersBegan = true;
            within(context.channel(), Deadlines.HEADERS, Cut.HEADERS);
        }
        context.fireChannelRead(message);
    }

    /** The headers of a request are there. */
    void began(boolean overHttp2) {
        requests++;
        multiplexed = overHttp2;
        headersBegan = false;
        calm();
    }

    /** A request is answered, or given up. */
    void ended(Channel channel) {
        requests--;
        if (requests == 0 && channel.isActive()) {
            within(channel, Deadlines.IDLE, Cut.IDLE);
        }
    }

    /** Bytes that came over the wire so far. */
    long received() {
        return received;
    }

    private void within(Channel channel, Duration time, Cut why) {
        calm();
        deadline = channel.eventLoop()
                .schedule(
                        () -> {
                            metrics.cut(why);
                            ChannelFuture _ = channel.close();
                        },
                        time.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void calm() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}

package dev.sealpost.intake.https;

import java.net.InetSocketAddress;
import java.util.function.Supplier;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.WriteTimeoutHandler;
import org.jspecify.annotations.Nullable;

/**
 * Puts a guard in front of every connection before its first byte, TLS handshakes and connections that stay silent
 * included: Vert.x tells of a connection only when it knows its protocol. Netty finds this class by itself (see {@code
 * META-INF/services} and the property {@link #EXTENSIONS_SYSTEM_PROPERTY}), so what it needs is handed over in a field.
 */
public final class DoorChannels extends ChannelInitializerExtension {
    /** Largest piece read at once; what a connection holds of a body that has to wait is about twice that. */
    private static final int LARGEST_READ = 16 * 1024;

    private static volatile @Nullable Door door;

    /**
     * What the guards need.
     *
     * @param guards makes one for each connection
     * @param unguardedPort the management port, which is not public
     */
    record Door(Supplier<ConnectionGuard> guards, int unguardedPort, Runnable answerTooSlow) {}

    static void open(Door opened) {
        door = opened;
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        Door current = door;
        if (current != null
                && channel.localAddress() instanceof InetSocketAddress local
                && local.getPort() != current.unguardedPort) {
            channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(512, 2_048, LARGEST_READ));
            channel.pipeline().addFirst(new AnswerDeadline(current.answerTooSlow), current.guards.get());
        }
    }

    /** Cuts a client that does not take its answer. */
    private static final class AnswerDeadline extends WriteTimeoutHandler {
        private final Runnable tooSlow;
        private boolean cut;

        AnswerDeadline(Runnable tooSlow) {
            super((int) Deadlines.ANSWER.toSeconds());
            this.tooSlow = tooSlow;
        }

        /** An upgrade to HTTP/2 takes all handlers out; this one comes back. */
        @Override
        public void handlerRemoved(ChannelHandlerContext context) throws Exception {
            super.handlerRemoved(context);
            if (context.channel().isActive()) {
                context.pipeline().addFirst(new AnswerDeadline(tooSlow));
            }
        }

        @Override
        protected void writeTimedOut(ChannelHandlerContext context) {
            if (!cut) {
                cut = true;
                tooSlow.run();
                ChannelFuture _ = context.close();
            }
        }
    }
}

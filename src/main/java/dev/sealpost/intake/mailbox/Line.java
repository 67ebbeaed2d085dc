package dev.sealpost.intake.mailbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import javax.net.SocketFactory;

/** A guarded connection after its greeting, encrypted unless configured otherwise. */
final class Line implements AutoCloseable {
    private final Guard guard;
    private final GuardedInput in;
    private final OutputStream out;
    private final Future<?> watch;

    Line(Socket socket, Guard guard, Future<?> watch) throws IOException {
        this.guard = guard;
        this.in = new GuardedInput(socket, guard);
        this.out = socket.getOutputStream();
        this.watch = watch;
    }

    Guard guard() {
        return guard;
    }

    GuardedInput in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    @Override
    public void close() {
        watch.cancel(false);
        guard.close();
    }

    /**
     * Gives this connection to a library that opens its own, with a greeting of ours in front: it believes nothing that the
     * server said before.
     */
    SocketFactory asFactory(String greeting) {
        return new Ready(this, greeting);
    }

    private static final class Ready extends SocketFactory {
        private final Line line;
        private final String greeting;

        Ready(Line line, String greeting) {
            this.line = line;
            this.greeting = greeting;
        }

        @Override
        public Socket createSocket() {
            return new Connected(
                    line,
                    new SequenceInputStream(
                            new ByteArrayInputStream(greeting.getBytes(StandardCharsets.US_ASCII)), line.in));
        }

        @Override
        public Socket createSocket(String host, int port) {
            return createSocket();
        }

        @Override
        public Socket createSocket(String host, int port, java.net.InetAddress local, int localPort) {
            return createSocket();
        }

        @Override
        public Socket createSocket(java.net.InetAddress host, int port) {
            return createSocket();
        }

        @Override
        public Socket createSocket(java.net.InetAddress host, int port, java.net.InetAddress local, int localPort) {
            return createSocket();
        }
    }

    /** Connected already; its timeouts are the guard's. */
    private static final class Connected extends Socket {
        private final Line line;
        private final InputStream input;

        Connected(Line line, InputStream input) {
            this.line = line;
            this.input = input;
        }

        @Override
        public void connect(SocketAddress address) {}

        @Override
        public void connect(SocketAddress address, int timeout) {}

        @Override
        public synchronized void setSoTimeout(int timeout) {}

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InputStream getInputStream() {
            return input;
        }

        @Override
        public OutputStream getOutputStream() {
            return line.out;
        }

        @Override
        public synchronized void close() throws IOException {
            super.close();
            line.close();
        }
    }
}

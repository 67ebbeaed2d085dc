package dev.sealpost.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Answers each connection with the same script, and counts. */
final class HostileServer implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** Bytes it could send. */
    final AtomicLong sent = new AtomicLong();

    final AtomicLong connections = new AtomicLong();

    /** What it does with a connection whose request it has read up to the empty line. */
    interface Script {
        void answer(HostileServer server, OutputStream out) throws IOException, InterruptedException;
    }

    HostileServer(Script script) {
        this(socket(), script);
    }

    /** On a socket that may be TLS. */
    HostileServer(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    private static ServerSocket socket() {
        try {
            return new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            int last = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                last = last << 8 | b;
                if (last == 0x0d0a0d0a) {
                    break;
                }
            }
            script.answer(this, socket.getOutputStream());
        } catch (IOException | InterruptedException gone) {
            // The client has had enough.
        }
    }

    void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        sent.addAndGet(text.length());
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}

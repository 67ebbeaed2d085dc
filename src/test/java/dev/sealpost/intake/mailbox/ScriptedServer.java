package dev.sealpost.intake.mailbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/** A mail server that says what a script has it say, and records what it hears. */
final class ScriptedServer implements AutoCloseable {
    /** What happens on each connection. */
    interface Script {
        void play(Peer peer) throws IOException;
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final SSLContext tls;
    private final ByteArrayOutputStream clear = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final AtomicLong said = new AtomicLong();

    ScriptedServer(SSLContext tls, Script script) throws IOException {
        this.tls = tls;
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    Thread.ofVirtual().start(() -> play(socket, script));
                } catch (IOException e) {
                    // Closed.
                }
            }
        });
    }

    private void play(Socket socket, Script script) {
        try (socket) {
            script.play(new Peer(socket));
        } catch (IOException e) {
            // The client left, as it should.
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What came in without encryption. */
    synchronized String clear() {
        return clear.toString(ISO_8859_1);
    }

    /** Everything that came in. */
    synchronized String heard() {
        return heard.toString(ISO_8859_1);
    }

    /** Number of bytes that the client, or buffers on the way to it, took. */
    long said() {
        return said.get();
    }

    private synchronized void record(int b, boolean encrypted) {
        heard.write(b);
        if (!encrypted) {
            clear.write(b);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** The other side of a connection. */
    final class Peer {
        private Socket socket;

        Peer(Socket socket) {
            this.socket = socket;
        }

        /** Turns to TLS. */
        Peer secure(String... protocols) throws IOException {
            SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
            secured.setUseClientMode(false);
            if (protocols.length > 0) {
                secured.setEnabledProtocols(protocols);
            }
            secured.startHandshake();
            socket = secured;
            return this;
        }

        Peer say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            said.addAndGet(text.length());
            return this;
        }

        /** The next line; null at the end. */
        @Nullable
        String hear() throws IOException {
            StringBuilder line = new StringBuilder();
            InputStream in = socket.getInputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    return null;
                }
                record(b, socket instanceof SSLSocket);
                line.append((char) b);
            }
            return line.toString().strip();
        }

        /** Says nothing until the client leaves. */
        void silence() throws IOException {
            String line;
            do {
                line = hear();
            } while (line != null);
        }
    }
}

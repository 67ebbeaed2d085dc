package dev.sealpost.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Between a poller and a mail server, without encryption: cuts the connection after the n-th line, of either side, or keeps
 * a line of the client back until it is let go.
 */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger lines = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private volatile int cutAfter = Integer.MAX_VALUE;
    private volatile @Nullable Hold hold;

    /**
     * A line that a client sent.
     *
     * @param connection its number, from 1
     */
    record Heard(int connection, String line) {}

    /** A line of the client that does not go on. */
    record Hold(Predicate<String> line, CountDownLatch reached) {}

    CuttingProxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** All lines of clients with this word. */
    List<Heard> heard(String word) {
        return heard.stream().filter(line -> line.line.contains(word)).toList();
    }

    /** Lines since the last call of {@link #cutAfter}. */
    int lines() {
        return lines.get();
    }

    /** Cuts all connections once so many lines have passed, and then no more. */
    void cutAfter(int more) {
        lines.set(0);
        cutAfter = more;
    }

    /** From now on the first such line of a client, and all after it, do not reach the server. */
    CountDownLatch hold(Predicate<String> line) {
        CountDownLatch reached = new CountDownLatch(1);
        hold = new Hold(line, reached);
        return reached;
    }

    void letGo() {
        hold = null;
        cut();
    }

    private void cut() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        sockets.clear();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.addAll(List.of(client, server));
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> pump(client, server, number));
                Thread.ofVirtual().start(() -> pump(server, client, 0));
            } catch (IOException closed) {
                // the test has ended, or the server is restarted
            }
        }
    }

    /** @param number of the client's connection; 0 for what the server says */
    private void pump(Socket from, Socket to, int number) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 << 10];
            StringBuilder line = new StringBuilder();
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                int passed = 0;
                for (int i = 0; i < count; i++) {
                    if (buffer[i] != '\n') {
                        line.append((char) buffer[i]);
                        continue;
                    }
                    Hold holding = hold;
                    if (number > 0) {
                        heard.add(new Heard(number, line.toString()));
                    }
                    if (number > 0 && holding != null && holding.line.test(line.toString())) {
                        holding.reached.countDown();
                        Thread.sleep(Long.MAX_VALUE);
                    }
                    line.setLength(0);
                    out.write(buffer, passed, i + 1 - passed);
                    out.flush();
                    passed = i + 1;
                    if (lines.incrementAndGet() == cutAfter) {
                        cut();
                        return;
                    }
                }
                out.write(buffer, passed, count - passed);
                out.flush();
            }
        } catch (IOException | InterruptedException ended) {
            // the other side notices by its closed socket
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}

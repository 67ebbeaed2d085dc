package dev.sealpost.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that take their time, and how long the server let them. */
final class SlowClients implements AutoCloseable {
    /** What a client does; each but the first sends a byte a second for ever. */
    enum Kind {
        SILENT(""),
        HEADERS("POST /tlsrpt HTTP/1.1\r\nHost: x\r\nX-Slow: "),
        BODY("POST /tlsrpt HTTP/1.1\r\nHost: x\r\nContent-Length: 10485760\r\n\r\n"),
        CHUNKS("POST /tlsrpt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"),
        CONTINUE("POST /tlsrpt HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");

        private final String begin;

        Kind(String begin) {
            this.begin = begin;
        }

        private String piece() {
            return switch (this) {
                case SILENT, CONTINUE -> "";
                case HEADERS, BODY -> "x";
                case CHUNKS -> "1\r\nx\r\n";
            };
        }
    }

    static final List<Kind> KINDS = List.of(Kind.values());

    /** One that the server has closed. */
    record Life(Kind kind, Duration time) {}

    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService seconds = Executors.newSingleThreadScheduledExecutor();
    private final Queue<RawClient> clients = new ConcurrentLinkedQueue<>();
    private final Queue<Life> lives = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final int port;

    SlowClients(int port) {
        this.port = port;
    }

    /** Connects from an address, begins with some bytes of body, and goes on slowly. */
    void open(Kind kind, String source, byte[] body) throws IOException {
        long since = System.nanoTime();
        RawClient client = new RawClient(source, port);
        clients.add(client);
        open.incrementAndGet();
        client.send(kind.begin).send(body);
        readers.execute(() -> {
            try {
                client.untilClosed();
            } catch (IOException lost) {
                // Also an end.
            }
            open.decrementAndGet();
            lives.add(new Life(kind, Duration.ofNanos(System.nanoTime() - since)));
        });
        if (!kind.piece().isEmpty()) {
            ScheduledFuture<?> _ =
                    seconds.scheduleAtFixedRate(() -> trickle(client, kind.piece()), 1, 1, TimeUnit.SECONDS);
        }
    }

    void open(Kind kind, String source) throws IOException {
        open(kind, source, new byte[0]);
    }

    /** An exception ends the schedule of a client that is gone. */
    private static void trickle(RawClient client, String piece) {
        try {
            client.send(piece);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    int stillOpen() {
        return open.get();
    }

    List<Life> lives() {
        return new ArrayList<>(lives);
    }

    @Override
    public void close() throws IOException {
        seconds.shutdownNow();
        for (RawClient client : clients) {
            client.close();
        }
        readers.shutdownNow();
    }
}

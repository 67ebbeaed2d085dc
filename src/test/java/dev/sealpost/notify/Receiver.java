package dev.sealpost.notify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/** Somebody's web server that takes what it is sent, over real sockets. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** The status of the n-th answer, from 0 on. */
    private volatile IntUnaryOperator status = _ -> 204;

    private volatile long hangMillis;

    /** What has this in it is answered with 403. */
    private volatile @Nullable String refused;

    /** What was sent; names of headers in lower case. */
    public record Call(String path, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            int number;
            synchronized (calls) {
                number = calls.size();
                calls.add(new Call(exchange.getRequestURI().toString(), headers, body));
            }
            try {
                Thread.sleep(hangMillis);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            String dislikes = refused;
            boolean refuses = dislikes != null && new String(body, StandardCharsets.UTF_8).contains(dislikes);
            exchange.sendResponseHeaders(refuses ? 403 : status.applyAsInt(number), -1);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/in/secret-part";
    }

    public List<Call> calls() {
        return calls;
    }

    void answers(IntUnaryOperator byNumber) {
        status = byNumber;
    }

    public void answersWith(int always) {
        status = _ -> always;
    }

    /** As a filter of contents does. */
    void refuses(String text) {
        refused = text;
    }

    public void hangs(long millis) {
        hangMillis = millis;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

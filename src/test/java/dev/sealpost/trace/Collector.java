package dev.sealpost.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpServer;

/** A collector of traces: takes OTLP over HTTP, as protobuf. */
public final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();

    /** A span, ids in hexadecimal digits. */
    public record Span(
            String traceId, String spanId, String parentSpanId, String name, Map<String, String> attributes) {}

    public Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            }
            texts.add(new String(body, StandardCharsets.ISO_8859_1));
            spans.addAll(SpanReader.spans(body));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** Where it takes them. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** The spans of a trace so far. */
    public List<Span> trace(String id) {
        return spans.stream().filter(span -> span.traceId().equals(id)).toList();
    }

    /** All spans so far. */
    public List<Span> all() {
        return List.copyOf(spans);
    }

    /** Everything that it was told, to look for what it must not be told. */
    public String texts() {
        return String.join("\n", texts);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

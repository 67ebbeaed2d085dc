package dev.sealpost.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

import dev.sealpost.demo.DemoReport;

/** Posts reports to this process's own door, as senders do. */
final class DemoDoor implements AutoCloseable {
    private static final int AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI door;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService senders = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("demo-", 0).daemon().factory());

    /** @param door the address of {@code /tlsrpt} */
    DemoDoor(URI door) {
        this.door = door;
    }

    /**
     * Sends all, several at once.
     *
     * @throws IOException if one was not taken
     */
    void send(List<DemoReport> reports) throws IOException, InterruptedException {
        List<Future<Integer>> answers = new ArrayList<>();
        for (DemoReport report : reports) {
            answers.add(senders.submit(() -> post(report)));
        }
        for (Future<Integer> answer : answers) {
            try {
                if (answer.get() != 200) {
                    throw new IOException("it answered " + answer.get());
                }
            } catch (ExecutionException e) {
                throw new IOException(String.valueOf(e.getCause()), e);
            }
        }
    }

    private int post(DemoReport report) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(door)
                .timeout(PATIENCE)
                .header("Content-Type", "application/tlsrpt+gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip(report.json())))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Override
    public void close() {
        senders.shutdownNow();
        client.shutdownNow();
    }
}

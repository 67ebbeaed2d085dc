package dev.sealpost.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/** The packaged product as a process of its own, on free ports, with the data directory it is given. */
final class SealpostProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);

    private final Process process;
    private final Path data;
    private final Path log;
    private final int port;
    private final int managementPort;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private SealpostProcess(Process process, Path data, Path log, int port, int managementPort) {
        this.process = process;
        this.data = data;
        this.log = log;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Starts and waits for the ready line. */
    static SealpostProcess start(Path data) {
        return start(data, Map.of());
    }

    static SealpostProcess start(Path data, Map<String, String> environment) {
        SealpostProcess started = launch(data, environment);
        Awaitility.await("ready line, see " + started.log)
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> started.output().contains("Sealpost ready ") || !started.process.isAlive());
        if (!started.process.isAlive()) {
            throw new IllegalStateException("did not start:\n" + started.output());
        }
        return started;
    }

    /** Starts and does not wait; on the ports of the environment, if it has them. */
    static SealpostProcess launch(Path data, Map<String, String> environment, String... arguments) {
        int port = port(environment, "QUARKUS_HTTP_PORT");
        int managementPort = port(environment, "QUARKUS_MANAGEMENT_PORT");
        Path log = data.resolveSibling(data.getFileName() + "-" + port + "-" + System.nanoTime() + ".log");
        ProcessBuilder builder = new ProcessBuilder(Program.command(arguments))
                .directory(data.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> settings = new HashMap<>(environment);
        settings.putIfAbsent("SEALPOST_DATA_DIR", data.toString());
        settings.putIfAbsent("QUARKUS_HTTP_HOST", "127.0.0.1");
        settings.putIfAbsent("QUARKUS_HTTP_PORT", String.valueOf(port));
        // All tests are one source, and send more junk than one should.
        settings.putIfAbsent("SEALPOST_INTAKE_BUDGET_JUNK", "100000");
        settings.putIfAbsent("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
        builder.environment().putAll(settings);
        try {
            return new SealpostProcess(builder.start(), data, log, port, managementPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(Map<String, String> environment, String name) {
        String given = environment.get(name);
        return given == null ? freePort() : Integer.parseInt(given);
    }

    /** Below the ports that the kernel gives to clients: one of those is taken by somebody before it is bound. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // another one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    HttpResponse<String> post(byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/tlsrpt"))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<String> post(String json) {
        return post(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks the read API with the admin key. */
    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + adminKey()));
    }

    HttpResponse<String> getWithoutKey(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> getManagement(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    Path data() {
        return data;
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    long pid() {
        return process.pid();
    }

    String adminKey() {
        try {
            return Files.readString(data.resolve("admin.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it wrote to stdout and stderr. */
    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a power cut would end the process, but not the page cache. */
    void kill() {
        process.destroyForcibly();
        await(10);
    }

    /** Sends it a signal such as STOP. */
    void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + ": " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM; whether it was gone within the time. */
    boolean terminate(int seconds) {
        process.destroy();
        return await(seconds);
    }

    boolean await(int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        if (!terminate(20)) {
            kill();
        }
    }
}

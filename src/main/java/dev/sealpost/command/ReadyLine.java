package dev.sealpost.command;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import dev.sealpost.standalone.MemoryManners;
import dev.sealpost.store.Schema;
import dev.sealpost.stream.Assignment;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says when the server is ready, and what to do next. */
@Singleton
class ReadyLine {
    private static final int POLL_MILLIS = 20;

    private final Assignment assignment;
    private final Schema schema;
    private final NextSteps nextSteps;
    private final boolean needsTables;
    private final boolean needsTopics;
    private final URI ready;
    private final AtomicBoolean watching = new AtomicBoolean();

    ReadyLine(
            Assignment assignment,
            Schema schema,
            NextSteps nextSteps,
            ServerConfig config,
            @ConfigProperty(name = StartSettings.EMBEDDED, defaultValue = "false") boolean embedded,
            @ConfigProperty(name = StartSettings.CONSUMER, defaultValue = "true") boolean consumes,
            @ConfigProperty(name = "quarkus.management.host") String host,
            @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int port) {
        this.assignment = assignment;
        this.schema = schema;
        this.nextSteps = nextSteps;
        // Parts inside have no other reason to be late; those outside may be away for long, and a door opens without
        // them.
        this.needsTables = embedded || !config.roles().contains(ProcessRole.INTAKE);
        this.needsTopics = embedded && consumes;
        this.ready =
                URI.create("http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port + "/q/health/ready");
    }

    /** Only now are the ports this process's own: another one may answer on them until a start fails. */
    void watch(@ObservesAsync HttpServerStart start) {
        watch();
    }

    /** The one without TLS may be switched off. */
    void watch(@ObservesAsync HttpsServerStart start) {
        watch();
    }

    private void watch() {
        if (watching.compareAndSet(false, true)) {
            Thread.ofVirtual().name("ready-line").start(this::sayWhenReady);
        }
    }

    @SuppressWarnings("SystemOut")
    private void sayWhenReady() {
        try {
            while (!partsServe() || !answers()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            System.out.println(nextSteps.line());
            System.out.flush();
            Progress.say(nextSteps.block());
            MemoryManners.afterStart();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean partsServe() {
        return (!needsTables || schema.isCurrent()) && (!needsTopics || assignment.known());
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }
}

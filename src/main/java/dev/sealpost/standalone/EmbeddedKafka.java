package dev.sealpost.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Consumer;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** The Kafka node of the data directory: formatted and started. */
final class EmbeddedKafka {
    private final Path logs;
    private final Connections connections;
    private final Consumer<String> progress;

    private EmbeddedKafka(Path logs, Connections connections, Consumer<String> progress) {
        this.logs = logs;
        this.connections = connections;
        this.progress = progress;
    }

    static KeepRunning start(Path directory, Connections connections, Consumer<String> progress) throws IOException {
        Path logs = OwnerOnly.directory(directory.resolve("kafka"));
        return KeepRunning.start(Part.KAFKA, new EmbeddedKafka(logs, connections, progress)::run);
    }

    private AutoCloseable run(boolean again, Consumer<String> ended) throws IOException {
        KafkaStorage.format(logs, progress);
        if (!again) {
            progress.accept("Starting Kafka");
        }
        int last = connections.lastPort(Connections.KAFKA);
        int port = again ? last : Ports.free(last);
        String password = connections.password(Connections.KAFKA).text();
        Properties settings = KafkaSettings.of(logs, port, Ports.free(0), password);
        BrokerExit.intercept(ended);
        KafkaRaftServer server;
        try {
            server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        } catch (BrokerExit.BrokerEnded e) {
            throw new IOException("Kafka gave up while starting", e);
        }
        try {
            server.startup();
        } catch (RuntimeException | Error e) {
            server.shutdown();
            throw new IOException("Kafka did not start: " + e, e);
        }
        connections.kafkaListensOn(port);
        return () -> {
            server.shutdown();
            server.awaitShutdown();
        };
    }
}

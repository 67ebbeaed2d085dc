package dev.sealpost.standalone;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The broker's settings: one node that is broker and controller, small buffers, each append on the disk. */
final class KafkaSettings {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";
    private static final int MIB = 1 << 20;

    /** Above 32 MiB of report text with its headers. */
    private static final int LARGEST_RECORD = 36 * MIB;

    private KafkaSettings() {}

    static Properties of(Path logs, int port, int controllerPort, String password) {
        Properties properties = new Properties();
        properties.putAll(identity(logs, port, controllerPort));
        properties.putAll(credentials(password));
        properties.putAll(durability());
        properties.putAll(size());
        return properties;
    }

    private static Map<String, String> identity(Path logs, int port, int controllerPort) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE),
                "log.dirs",
                logs.toString(),
                "controller.quorum.voters",
                NODE + "@127.0.0.1:" + controllerPort,
                "listeners",
                "CLIENT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort,
                "advertised.listeners",
                "CLIENT://127.0.0.1:" + port,
                "inter.broker.listener.name",
                "CLIENT",
                "controller.listener.names",
                CONTROLLER,
                "auto.create.topics.enable",
                "false");
    }

    private static Map<String, String> credentials(String password) {
        String jaas = Connections.jaas(password, " user_" + Connections.USER + "=\"" + password + "\"");
        return Map.of(
                "listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "sasl.mechanism.controller.protocol", "PLAIN",
                "listener.name.client.plain.sasl.jaas.config", jaas,
                "listener.name.controller.plain.sasl.jaas.config", jaas);
    }

    private static Map<String, String> durability() {
        return Map.of(
                "log.flush.interval.messages", "1",
                "min.insync.replicas", "1",
                "default.replication.factor", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1");
    }

    private static Map<String, String> size() {
        return Map.ofEntries(
                Map.entry("message.max.bytes", Integer.toString(LARGEST_RECORD)),
                Map.entry("replica.fetch.max.bytes", Integer.toString(LARGEST_RECORD)),
                Map.entry("log.segment.bytes", Integer.toString(128 * MIB)),
                Map.entry("log.index.size.max.bytes", Integer.toString(MIB)),
                Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(2 * MIB)),
                Map.entry("log.cleaner.io.buffer.size", "65536"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("offsets.topic.segment.bytes", Integer.toString(8 * MIB)),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("num.network.threads", "1"),
                Map.entry("num.io.threads", "2"),
                Map.entry("background.threads", "1"),
                Map.entry("num.recovery.threads.per.data.dir", "2"),
                Map.entry("queued.max.requests", "64"),
                Map.entry("metadata.max.idle.interval.ms", "5000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("metric.reporters", ""));
    }
}

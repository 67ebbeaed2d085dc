package dev.sealpost.acceptance;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The reports' topic of an embedded broker, from outside: how much of it waits for the tables. */
final class Topic implements AutoCloseable {
    static final String REPORTS = "tlsrpt.reports";
    private static final String GROUP = "sealpost-aggregator";

    private final Admin admin;

    /** Of the broker inside the process with that data directory. */
    Topic(Path data) throws IOException {
        Map<String, Object> settings = client(data);
        settings.put("default.api.timeout.ms", 10_000);
        settings.put("request.timeout.ms", 3_000);
        admin = Admin.create(settings);
    }

    /** What a client needs to reach the broker inside the process with that data directory. */
    static Map<String, Object> client(Path data) throws IOException {
        Properties connections = new Properties();
        try (Reader file = Files.newBufferedReader(data.resolve("connections.properties"))) {
            connections.load(file);
        }
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                connections.getProperty("kafka.bootstrap.servers"),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
                        + connections.getProperty("kafka.username") + "\" password=\""
                        + connections.getProperty("kafka.password") + "\";"));
    }

    /** Records that the aggregators have not committed yet. */
    long lag() throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions =
                admin.describeTopics(List.of(REPORTS)).allTopicNames().get().get(REPORTS).partitions().stream()
                        .map(partition -> new TopicPartition(REPORTS, partition.partition()))
                        .toList();
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(place -> place, place -> OffsetSpec.latest())))
                .all()
                .get();
        long lag = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
            OffsetAndMetadata done = committed.get(end.getKey());
            lag += end.getValue().offset() - (done == null ? 0 : done.offset());
        }
        return lag;
    }

    @Override
    public void close() {
        admin.close();
    }
}

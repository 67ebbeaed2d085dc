package dev.sealpost.acceptance;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.OriginSeal;
import dev.sealpost.origin.Provenance;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A topic full of reports and empty tables: how long an aggregator takes from its start until nothing waits, what CPU that
 * costs in each process, and whether the tables then say what the reports say. See docs/performance.md.
 */
final class ReplayRun {
    private static final int DAYS = 30;
    private static final int LARGEST_COMPRESSED = 32 << 10;

    private ReplayRun() {}

    /** Runs with the number of reports given, and optionally a seed and a number of domains. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments.length > 0 ? arguments[0] : "100000");
        long seed = Long.parseLong(arguments.length > 1 ? arguments[1] : "1");
        int domains = Integer.parseInt(arguments.length > 2 ? arguments[2] : "5000");
        LocalDate first = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS + 1L);
        GeneratedReports reports = new GeneratedReports(seed, domains, first, DAYS);
        try (Split split = new Split()) {
            publish(split, reports, count);
            long empty = split.databaseBytes();
            drain(split, count);
            long begin = System.nanoTime();
            List<String> differences = reports.truth().differences(split.api());
            Split.say(
                    "compared with the truth in %.1f s: %s",
                    (System.nanoTime() - begin) / 1e9, differences.isEmpty() ? "equal" : "DIFFERENT");
            differences.stream().limit(20).forEach(difference -> Split.say("  %s", difference));
            Split.say("%s", split.memory());
            Split.say("database: %.0f bytes a report", (double) (split.databaseBytes() - empty) / count);
            if (!differences.isEmpty()) {
                throw new IllegalStateException("the tables are wrong");
            }
        }
    }

    /** As the door does: sealed, small values compressed. */
    private static void publish(Split split, GeneratedReports reports, int count) throws Exception {
        OriginSeal seal = new OriginSeal(List.of(split.settings().get("SEALPOST_ORIGIN_KEY")));
        Map<String, Object> settings = Topic.client(split.data());
        settings.putAll(Map.of("acks", "all", "linger.ms", 20, "batch.size", 256 << 10, "max.request.size", 34 << 20));
        Map<String, Object> compressed = new TreeMap<>(settings);
        compressed.put("compression.type", "zstd");
        long begin = System.nanoTime();
        long bytes = 0;
        try (KafkaProducer<String, byte[]> small =
                        new KafkaProducer<>(compressed, new StringSerializer(), new ByteArraySerializer());
                KafkaProducer<String, byte[]> large =
                        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                GeneratedReports.Generated report = reports.next();
                bytes += report.json().length;
                ProducerRecord<String, byte[]> record =
                        new ProducerRecord<>(Topic.REPORTS, report.key(), report.json());
                headers(seal, report.json())
                        .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
                (report.json().length > LARGEST_COMPRESSED ? large : small).send(record, (place, failure) -> {
                    if (failure != null) {
                        Split.say("NOT PUBLISHED: %s", failure);
                    }
                });
            }
        }
        Split.say(
                "published %d reports, %.0f bytes of JSON in the mean, in %.1f s",
                count, (double) bytes / count, (System.nanoTime() - begin) / 1e9);
    }

    private static Map<String, String> headers(OriginSeal seal, byte[] value) {
        Origin origin = new Origin(
                UUID.randomUUID(),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                Channel.HTTPS,
                "127.0.0.1",
                Provenance.TRUSTED_SOURCE,
                null);
        return Map.of(
                "ce_id", origin.receipt().toString(),
                "ce_time", origin.received().toString(),
                "sealpost_channel", origin.channel().label(),
                "sealpost_source", origin.source(),
                "sealpost_provenance", origin.provenance().label(),
                "sealpost_seal", seal.seal(origin, value));
    }

    private static void drain(Split split, int count) throws Exception {
        try (Topic topic = new Topic(split.data())) {
            Map<String, Double> before = split.cpu();
            long launch = System.nanoTime();
            split.start("aggregator");
            long ready = System.nanoTime();
            long tenth = 0;
            long nearEnd = 0;
            for (long lag = topic.lag(); lag > 0; lag = topic.lag()) {
                tenth = tenth == 0 && lag <= count * 9L / 10 ? System.nanoTime() : tenth;
                nearEnd = nearEnd == 0 && lag <= count / 10 ? System.nanoTime() : nearEnd;
                TimeUnit.MILLISECONDS.sleep(100);
            }
            long end = System.nanoTime();
            double all = (end - launch) / 1e9;
            Split.say(
                    "replayed %d reports in %.1f s since the aggregator was launched (%.1f s of it until ready): %.0f/s",
                    count, all, (ready - launch) / 1e9, count / all);
            if (nearEnd > tenth && tenth > 0) {
                Split.say("the middle 80 %%: %.0f/s", 0.8 * count / ((nearEnd - tenth) / 1e9));
            }
            Split.say("%s", Split.spent(before, split.cpu(), count));
        }
    }
}

package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records that others put on the topic: read if they can be, never believed, and never in the way. */
class TopicIT {
    private final SealpostProcess sealpost = SharedSealpost.get();

    @Test
    void junkDoesNotBlockWhatIsBehindItAndAnInventedOriginIsNotBelieved() throws Exception {
        String json = report("Foreign", "f", "foreign.example", "2026-11-01", 6, 1);
        try (KafkaProducer<String, byte[]> producer = producer()) {
            send(producer, "junk".getBytes(StandardCharsets.UTF_8));
            send(producer, new byte[0]);
            send(producer, null);
            send(producer, json.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Answers.sessionsOf(sealpost, "foreign.example", 1)
                        .path("failedSessions")
                        .asLong())
                .isEqualTo(1);
        JsonNode listed = Answers.json(
                        sealpost.get("/api/v1/reports?from=2026-11-01&to=2026-11-01&domain=foreign.example"))
                .path("items")
                .path(0);
        assertThat(listed.path("provenance").asText()).isEqualTo("unverified");
    }

    private static void send(KafkaProducer<String, byte[]> producer, byte @Nullable [] value)
            throws ExecutionException, InterruptedException {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topic.REPORTS, 0, "foreign.example", value);
        Map.of(
                        "ce_id", "0c7a2c43-6d0e-4c8e-9d6c-0d9a4b0c1a11",
                        "ce_time", "2020-01-01T00:00:00Z",
                        "sealpost_channel", "mailbox",
                        "sealpost_source", "nobody",
                        "sealpost_provenance", "dkim-aligned",
                        "sealpost_seal", "00")
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer.send(record).get();
    }

    private KafkaProducer<String, byte[]> producer() throws IOException {
        return new KafkaProducer<>(Topic.client(sealpost.data()), new StringSerializer(), new ByteArraySerializer());
    }
}

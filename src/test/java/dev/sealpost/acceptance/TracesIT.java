package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.sealpost.trace.Collector;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A report from the door to its row, as a collector of OpenTelemetry traces sees it. */
class TracesIT {
    private static final String DOMAIN = "traced.example";

    @Test
    void aReportIsFollowedByItsReceiptFromTheDoorToItsRow() throws IOException {
        try (Collector collector = new Collector();
                SealpostProcess sealpost = SealpostProcess.start(
                        SharedSealpost.temporaryDirectory().resolve("traced"),
                        Map.of("SEALPOST_TRACING_ENDPOINT", collector.url()))) {
            String key = Answers.json(
                            Calls.with(sealpost, "POST", "/api/v1/keys", "{\"role\":\"intake\",\"tenant\":\"acme\"}"))
                    .path("key")
                    .asText();
            String body = report("Traced", "1", DOMAIN, "2026-11-01", 7, 0);
            String first = receipt(Awaitility.await("the door knows the key")
                    .until(() -> Calls.post(sealpost, "/tlsrpt/" + key, body), answer -> answer.statusCode() != 404));
            Answers.sessionsOf(sealpost, DOMAIN, 1);
            String again = receipt(Calls.post(sealpost, "/tlsrpt", body));
            assertThat(sealpost.post("junk").statusCode()).isEqualTo(400);

            List<Collector.Span> trace = spans(collector, first);
            Collector.Span door = trace.stream()
                    .filter(span -> span.parentSpanId().isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertThat(door.name()).isEqualTo("report taken");
            assertThat(door.attributes())
                    .containsEntry("sealpost.receipt", first)
                    .containsEntry("sealpost.channel", "https")
                    .containsEntry("sealpost.outcome", "acknowledged");
            Collector.Span row = trace.stream()
                    .filter(span -> span.parentSpanId().equals(door.spanId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.name()).isEqualTo("report stored");
            assertThat(row.attributes()).containsEntry("sealpost.outcome", "stored");

            assertThat(spans(collector, again))
                    .anySatisfy(span -> assertThat(span.attributes()).containsEntry("sealpost.outcome", "duplicate"));
            Awaitility.await("junk")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> collector.all().stream()
                            .anyMatch(span ->
                                    "quarantined".equals(span.attributes().get("sealpost.outcome"))));
            assertThat(collector.texts()).contains(first).doesNotContain(key).doesNotContain("127.0.0.1");
        }
    }

    private static String receipt(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Answers.json(answer).path("receipt").asText();
    }

    private static List<Collector.Span> spans(Collector collector, String receipt) {
        return Awaitility.await("spans of " + receipt)
                .atMost(Duration.ofSeconds(30))
                .until(() -> collector.trace(receipt.replace("-", "")), spans -> spans.size() >= 2);
    }
}

package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Reports of domains that nobody watches: stored while there is room, and brought in by a claim. */
class DomainGateIT {
    private static final Map<String, String> SMALL =
            Map.of("SEALPOST_WATCH_UNCLAIMED_PER_DAY", "10", "SEALPOST_WATCH_DOMAINS", "configured.example");

    private final Path data = SharedSealpost.temporaryDirectory().resolve("data");

    @Test
    void aFloodFillsTheDayAndAClaimBringsInWhatWasLeft() throws Exception {
        String key;
        try (SealpostProcess sealpost = SealpostProcess.start(data, SMALL)) {
            for (int i = 0; i < 30; i++) {
                String flood = report("Flood", "f" + i, "flood" + i + ".example", "2026-11-01", 1, 0);
                assertThat(sealpost.post(flood).statusCode()).isEqualTo(200);
            }
            assertThat(sealpost.post(report("Real", "c1", "configured.example", "2026-11-01", 1, 0))
                            .statusCode())
                    .isEqualTo(200);
            Answers.sessionsOf(sealpost, "configured.example", 1);
            Awaitility.await("20 over the cap")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> sealpost.getManagement("/q/metrics")
                            .body()
                            .contains("sealpost_reports_unclaimed_cap_total{channel=\"https\"} 20.0"));
            assertThat(postFromElsewhere(sealpost, report("Real", "r1", "new-customer.example", "2026-11-01", 1, 0))
                            .statusCode())
                    .isEqualTo(200);
            Answers.sessionsOf(sealpost, "new-customer.example", 1);
            JsonNode unclaimed = Answers.json(sealpost.get("/api/v1/domains?state=unclaimed"));
            assertThat(unclaimed.path("items").findValuesAsText("domain"))
                    .hasSize(11)
                    .contains("new-customer.example")
                    .doesNotContain("configured.example");

            claim(sealpost, firstLeft(sealpost));
            key = Answers.json(Calls.with(sealpost, "POST", "/api/v1/keys", "{\"role\":\"intake\"}"))
                    .path("key")
                    .asText();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> Calls.post(sealpost, "/tlsrpt/" + key, "no").statusCode() == 400);
        }
        theDoorKnowsItsKeysWithoutDatabaseAndBroker(key);
    }

    private static HttpResponse<String> postFromElsewhere(SealpostProcess sealpost, String body) throws Exception {
        try (HttpClient elsewhere = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.ofLiteral("127.0.1.1"))
                .build()) {
            return elsewhere.send(
                    HttpRequest.newBuilder(sealpost.uri("/tlsrpt"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String firstLeft(SealpostProcess sealpost) {
        for (int i = 0; i < 30; i++) {
            String domain = "flood" + i + ".example";
            if (sealpost.get("/api/v1/domains/" + domain).statusCode() == 404) {
                return domain;
            }
        }
        throw new AssertionError("nothing was left");
    }

    private static void claim(SealpostProcess sealpost, String left) {
        String path = "/api/v1/domains/" + left;
        HttpResponse<String> claimed =
                Calls.with(sealpost, "PUT", path, "{\"mxHosts\":[\"MX1.example\"],\"tenant\":\"acme\"}");
        assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(201);
        Answers.sessionsOf(sealpost, left, 1);
        assertThat(Calls.with(sealpost, "PUT", path, "").statusCode()).isEqualTo(200);
        JsonNode item = Answers.json(sealpost.get(path));
        assertThat(item.path("state").asText()).isEqualTo("watched");
        assertThat(item.path("tenant").asText()).isEqualTo("acme");
        assertThat(item.path("mxHosts").toString()).isEqualTo("[\"mx1.example\"]");
        assertThat(Answers.json(sealpost.get(
                                "/api/v1/sessions?state=watched&from=2026-11-01&groupBy=domain&to=2026-11-01"))
                        .path("rows")
                        .findValuesAsText("domain"))
                .containsExactlyInAnyOrder("configured.example", left);
        assertThat(Answers.json(sealpost.get("/api/v1/domains?state=watched"))
                        .path("items")
                        .findValuesAsText("domain"))
                .containsExactly("configured.example", left);
        Awaitility.await("the mark of the claim is gone")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Calls.sql(sealpost, "SELECT 1 FROM watched_domain WHERE replay_due IS NOT NULL")
                        .isEmpty());

        assertThat(Calls.with(sealpost, "DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(Calls.with(sealpost, "DELETE", path, "").statusCode()).isEqualTo(404);
        assertThat(Answers.json(sealpost.get(path)).path("state").asText()).isEqualTo("unclaimed");
        assertThat(Calls.with(sealpost, "DELETE", "/api/v1/domains/configured.example", "")
                        .body())
                .contains("SEALPOST_WATCH_DOMAINS", "\"status\":409");
        assertThat(Calls.with(sealpost, "PUT", path, "{\"owner\":\"me\"}").statusCode())
                .isEqualTo(400);
        assertThat(Calls.with(sealpost, "PUT", "/api/v1/domains/no%20domain", "")
                        .statusCode())
                .isEqualTo(400);
    }

    private void theDoorKnowsItsKeysWithoutDatabaseAndBroker(String key) {
        Map<String, String> nowhere = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/nobody",
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        try (SealpostProcess alone = SealpostProcess.launch(data, nowhere)) {
            String body = report("Real", "k1", "keyed.example", "2026-11-01", 1, 0);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(
                                    Calls.post(alone, "/tlsrpt/" + key, body).statusCode())
                            .isIn(200, 503));
            assertThat(Calls.post(alone, "/tlsrpt/spi_" + "A".repeat(43), body).statusCode())
                    .isEqualTo(404);
        }
    }
}
